// Lets the buyer choose what to pay, and in which currency: checks an amount, shows how it was understood, and leaves it
// where code-button.ts looks. The shop checks it again.

import { formatMoney } from '../money/index.ts'
import { type Reading, readAmount } from './checkout/read-amount.ts'
import { fill, texts } from './texts.ts'

const PAUSE_MS = 800 // after the last key: each one would be read aloud

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
  /** Says what a typed amount has been understood as, for those who don't see it */
  said: HTMLElement | null
  /** Until that is said */
  pause?: number
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
    said: document.querySelector<HTMLElement>('[data-said-amount]'),
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
    explain(form, price)
    form.typed.focus()
  })
  update(price) // the browser may have kept what was chosen before
}

function listenTo(form: Form, price: Price): void {
  for (const radio of [...form.suggestions, form.other]) radio.addEventListener('change', () => update(price))
  form.typed.addEventListener('input', () => {
    form.other.checked = true
    update(price)
    announceLater(form, price)
  })
  form.typed.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') explain(form, price)
  })
}

/** Takes over the choice. A fault is explained when somebody wants to pay: on blur it would push the button away from under a finger. */
function update(price: Price): void {
  const { button, shown, currencies, forms, pause } = price
  clearTimeout(pause)
  const chosen = currencies.find(({ checked }) => checked)
  if (chosen) {
    button.dataset.currency = chosen.value
    button.dataset.amount = chosen.dataset.amount
    if (chosen.dataset.coupon === undefined) delete button.dataset.coupon
    else button.dataset.coupon = chosen.dataset.coupon
    setText(shown, chosen.dataset.shown ?? '')
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
  setText(shown, hundredths === undefined ? '…' : show(hundredths, form))
  say(form, '')
}

function announceLater(form: Form, price: Price): void {
  price.pause = window.setTimeout(announce, PAUSE_MS, form, price)
}

function announce(form: Form, { said }: Price): void {
  const hundredths = chosenAmount(form)
  if (said) setText(said, hundredths === undefined ? faultOf(form) : show(hundredths, form))
}

/** The choice of an amount in the chosen currency, if there is one. */
function currentForm({ forms, button }: Price): Form | undefined {
  return forms.find(({ currency }) => currency === button.dataset.currency)
}

/** Says why there is no amount, if there is none. */
function explain(form: Form, { pause }: Price): void {
  clearTimeout(pause)
  if (chosenAmount(form) === undefined) say(form, faultOf(form))
}

function say({ fault, typed }: Form, words: string): void {
  setText(fault, words)
  typed.setAttribute('aria-invalid', String(words !== ''))
}

/** Writes only what differs, since what is written again is read aloud again. */
function setText(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words
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
  const { typed, from, to } = form
  return fill(describe(read(form), from), { typed: typed.value, from: show(from, form), to: show(to, form) })
}

function show(hundredths: number, { currency, locale }: Form): string {
  return formatMoney({ hundredths, currency }, locale)
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
