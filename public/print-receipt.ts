// A receipt's button: prints the receipt alone. Without JavaScript it stays hidden, and the browser prints the page.

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print-receipt]')) {
  button.addEventListener('click', printReceipt)
  button.hidden = false
}

function printReceipt(): void {
  const page = document.documentElement
  page.classList.add('prints-receipt')
  addEventListener('afterprint', () => page.classList.remove('prints-receipt'), { once: true })
  print()
}
