// A receipt's button prints the receipt alone. A receipt may come later than this script, so the document listens.

document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-print-receipt]')) printReceipt()
})

function printReceipt(): void {
  const page = document.documentElement
  page.classList.add('prints-receipt')
  addEventListener('afterprint', () => page.classList.remove('prints-receipt'), { once: true })
  print()
}
