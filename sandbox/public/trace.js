// Updates the trace: loads the same page every second, and copies the rows that are new or have changed.

const INTERVAL_MS = 1_000
const list = document.querySelector('[data-trace]')

async function update() {
  try {
    const page = await load()
    const rows = [...page.querySelectorAll('[data-trace] > li')]
    rows.forEach(showRow)
    if (rows.length > 0) document.querySelector('[data-none]')?.remove()
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

function showRow(row, index) {
  const shown = list.children[index]
  if (!shown) list.append(document.importNode(row, true))
  else if (shown.textContent !== row.textContent) shown.replaceWith(document.importNode(row, true))
}

if (list) {
  document.querySelector('[data-updates]').hidden = false
  setTimeout(update, INTERVAL_MS)
}
