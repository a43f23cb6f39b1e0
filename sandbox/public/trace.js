// Updates the trace: loads the same page every second, and copies the rows that are new or have changed.

const INTERVAL_MS = 1_000
const list = document.querySelector('[data-trace]')

async function update() {
  try {
    const page = await load()
    show([...page.querySelectorAll('[data-trace] > li')])
  } catch {
    // the sandbox may be restarting
  }
  setTimeout(update, INTERVAL_MS)
}

/** Loads the page as a document: the page's policy (Trusted Types) forbids parsing text into one. */
function load() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', location.href)
    request.setRequestHeader('Accept', 'text/html')
    request.responseType = 'document'
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject(request.status))
    request.onerror = reject
    request.send()
  })
}

function show(rows) {
  const added = rows.slice(list.children.length)
  for (const [index, shown] of [...list.children].entries()) renew(shown, rows[index])
  if (added.length === 0) return
  document.querySelector('[data-none]')?.remove()
  list.append(...added)
  document.querySelector('[data-news]').textContent = added.map(wordsOf).join('; ')
}

/** A message that is repeated counts in its row. That isn't read aloud, since shops poll for as long as an order is open. */
function renew(shown, row) {
  if (row && shown.textContent !== row.textContent) shown.replaceWith(row)
}

/** A row as it is read aloud, without its claims. */
function wordsOf(row) {
  return [...row.querySelectorAll('.message > p')].map(({ textContent }) => textContent).join('; ')
}

if (list) {
  document.querySelector('[data-updates]').hidden = false
  setTimeout(update, INTERVAL_MS)
}
