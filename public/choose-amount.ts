// Lets the buyer choose what to pay: checks it, shows how it was understood, and leaves it where code-button.ts looks. The
// shop checks it again.

import { formatMoney } from '../money/index.ts'
import { type Reading, readAmount } from './checkout/read-amount.ts'
import { fill, texts } from './texts.ts'

interface Form {
  suggestions: HTMLInputElement[]
  other: HTMLInputElement
  typed: HTMLInputElement
  fault: HTMLElement
  shown: HTMLElement
  button: HTMLElement
  currency: string
  locale: string
  /** Hundredths */
  from: number
  to: number
}

const form = findForm()
if (form) listen(form)

function findForm(): Form | undefined {
  const fieldset = document.querySelector<HTMLElement>('[data-choose-amount]')
  if (!fieldset) return undefined
  const find = (selector: string) => document.querySelector(selector) as HTMLElement
  const { currency = '', locale = '', from, to } = fieldset.dataset
  return {
    suggestions: [...fieldset.querySelectorAll<HTMLInputElement>('[type=radio]:not([value=""])')],
    other: find('[type=radio][value=""]') as HTMLInputElement,
    typed: find('[id="page.amount-typed"]') as HTMLInputElement,
    fault: find('[id="page.amount-fault"]'),
    shown: find('[data-chosen-amount]'),
    button: find('[data-code-button]'),
    currency: currency.toLowerCase(),
    locale,
    from: Number(from),
    to: Number(to),
  }
}

function listen(form: Form): void {
  for (const radio of [...form.suggestions, form.other]) radio.addEventListener('change', () => update(form))
  form.typed.addEventListener('input', () => {
    form.other.checked = true
    update(form)
  })
  form.typed.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') explain(form)
  })
  form.button.addEventListener('amountneeded', () => {
    explain(form)
    form.typed.focus()
  })
  update(form) // the browser may have kept what was chosen before
}

/** Takes over the choice. A fault is explained when somebody wants to pay: on blur it would push the button away from under a finger. */
function update(form: Form): void {
  const { button, shown, currency, locale } = form
  const hundredths = chosenAmount(form)
  button.dataset.chosen = hundredths === undefined ? '' : String(hundredths)
  shown.textContent = hundredths === undefined ? '…' : formatMoney({ hundredths, currency }, locale)
  say(form, '')
  button.dispatchEvent(new Event('amountchosen'))
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
