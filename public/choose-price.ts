// Lets the buyer choose what to pay, and in which currency: checks an amount, shows how it was understood, and leaves it
// where code-button.ts looks. The shop checks it again.

import { formatMoney } from '../money/index.ts'
import { type Reading, readAmount } from './checkout/read-amount.ts'
import { fill, texts } from './texts.ts'

/** The choice of an amount in one currency. */
interface Form {
  fieldset: HTMLElement
  suggestions: HTMLInputElement[]
  other: HTMLInputElement
  typed: HTMLInputElement
  fault: HTMLElement
  currency: string
  locale: string
  /** Hundredths */
  from: number
  to: number
}

/** A product's price on its page. */
interface Price {
  /** For each currency; none where the product has one price */
  currencies: HTMLInputElement[]
  /** For each currency in which the buyer chooses the amount */
  forms: Form[]
  shown: HTMLElement
  button: HTMLElement
}

const price = findPrice()
if (price) listen(price)

function findPrice(): Price | undefined {
  const shown = document.querySelector<HTMLElement>('[data-chosen-amount]')
  const button = document.querySelector<HTMLElement>('[data-code-button]')
  if (!shown || !button) return undefined
  return {
    currencies: [...document.querySelectorAll<HTMLInputElement>('[data-choose-currency] [type=radio]')],
    forms: [...document.querySelectorAll<HTMLElement>('[data-choose-amount]')].map(findForm),
    shown,
    button,
  }
}

function findForm(fieldset: HTMLElement): Form {
  const find = (selector: string) => fieldset.querySelector(selector) as HTMLElement
  const { currency = '', locale = '', from, to } = fieldset.dataset
  return {
    fieldset,
    suggestions: [...fieldset.querySelectorAll<HTMLInputElement>('[type=radio]:not([value=""])')],
    other: find('[type=radio][value=""]') as HTMLInputElement,
    typed: find('[data-typed]') as HTMLInputElement,
    fault: find('[data-fault]'),
    currency: currency.toLowerCase(),
    locale,
    from: Number(from),
    to: Number(to),
  }
}

function listen(price: Price): void {
  const { button, currencies, forms } = price
  for (const radio of currencies) radio.addEventListener('change', () => update(price))
  for (const form of forms) listenTo(form, price)
  button.addEventListener('amountneeded', () => {
    const form = currentForm(price)
    if (!form) return
    explain(form)
    form.typed.focus()
  })
  update(price) // the browser may have kept what was chosen before
}

function listenTo(form: Form, price: Price): void {
  for (const radio of [...form.suggestions, form.other]) radio.addEventListener('change', () => update(price))
  form.typed.addEventListener('input', () => {
    form.other.checked = true
    update(price)
  })
  form.typed.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') explain(form)
  })
}

/** Takes over the choice. A fault is explained when somebody wants to pay: on blur it would push the button away from under a finger. */
function update(price: Price): void {
  const { button, shown, currencies, forms } = price
  const chosen = currencies.find(({ checked }) => checked)
  if (chosen) {
    button.dataset.currency = chosen.value
    button.dataset.amount = chosen.dataset.amount
    if (chosen.dataset.coupon === undefined) delete button.dataset.coupon
    else button.dataset.coupon = chosen.dataset.coupon
    shown.textContent = chosen.dataset.shown ?? ''
  }
  const form = currentForm(price)
  for (const { fieldset } of forms) fieldset.hidden = fieldset !== form?.fieldset
  if (form) takeOver(form, price)
  else delete button.dataset.chosen
  button.dispatchEvent(new Event('pricechosen'))
}

function takeOver(form: Form, { button, shown }: Price): void {
  const hundredths = chosenAmount(form)
  button.dataset.chosen = hundredths === undefined ? '' : String(hundredths)
  shown.textContent =
    hundredths === undefined ? '…' : formatMoney({ hundredths, currency: form.currency }, form.locale)
  say(form, '')
}

/** The choice of an amount in the chosen currency, if there is one. */
function currentForm({ forms, button }: Price): Form | undefined {
  return forms.find(({ currency }) => currency === button.dataset.currency)
}

/** Says why there is no amount, if there is none. */
function explain(form: Form): void {
  if (chosenAmount(form) === undefined) say(form, faultOf(form))
}

function say({ fault, typed }: Form, words: string): void {
  fault.textContent = words
  typed.setAttribute('aria-invalid', String(words !== ''))
}

/** The amount in hundredths; undefined as long as it can't be ordered. */
function chosenAmount(form: Form): number | undefined {
  const { suggestions, from, to } = form
  const suggestion = suggestions.find(({ checked }) => checked)
  if (suggestion) return Number(suggestion.value)
  const reading = read(form)
  const isPayable = 'hundredths' in reading && reading.hundredths >= from && reading.hundredths <= to
  return isPayable ? reading.hundredths : undefined
}

function read({ typed, currency, locale }: Form): Reading {
  return readAmount(typed.value, currency, locale)
}

function faultOf(form: Form): string {
  const { typed, currency, locale, from, to } = form
  const show = (hundredths: number) => formatMoney({ hundredths, currency }, locale)
  return fill(describe(read(form), from), { typed: typed.value, from: show(from), to: show(to) })
}

function describe(reading: Reading, from: number): string {
  if ('hundredths' in reading) return reading.hundredths < from ? texts.amountSmall : texts.amountLarge
  return {
    empty: texts.amountEmpty,
    ambiguous: texts.amountAmbiguous,
    'too-precise': texts.amountPrecise,
    unclear: texts.amountUnclear,
  }[reading.problem]
}
