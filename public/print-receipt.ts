// The button of a receipt prints only the receipt. A receipt may be added after this script has run, so the listener is on
// the document.

document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-print-receipt]')) printReceipt()
})

function printReceipt(): void {
  const page = document.documentElement
  page.classList.add('prints-receipt')
  addEventListener('afterprint', () => page.classList.remove('prints-receipt'), { once: true })
  print()
}
