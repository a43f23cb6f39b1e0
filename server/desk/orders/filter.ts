import type { OrderFilter, OrderPlace, OrderState } from '../../../db/index.ts'
import { LONGEST_SLUG } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import { dayAfter, dayStartsAt, isDay } from '../../local-days.ts'
import * as z from '../../zod.ts'
import { parseAmount } from '../amounts.ts'

/** The states that can be chosen, in the order in which the page lists them. */
export const ORDER_STATES = [
  'offered',
  'expired',
  'paid',
  'free',
  'by-hand',
  'partly-refunded',
  'refunded',
  'revoked',
  'paid-twice',
] as const satisfies readonly OrderState[]

const PLACE = /^(\d{1,15})\.([\w-]{1,80})$/ // when an order was placed, and its id

/** An address with an id and the code of a link, or the line of a receipt */
export const LONGEST_SEARCH = 300
const ADDRESS = /^https?:\/\/[^\s?#]*\/([^\s/?#]+)\/?(?:[?#]\S*)?$/i // its path ends with the id
const LINE_OF_RECEIPT = /\s(\w{32,44})$/ // ends with the intent, in whatever language

const day = z.string().refine(isDay)
const amount = z.string().max(20)
const filterFields = z.strictObject({
  search: z
    .string()
    .max(LONGEST_SEARCH)
    .transform(takeId)
    .pipe(z.string().regex(/^[\w-]{1,80}$/))
    .optional(),
  state: z.enum(ORDER_STATES).optional(),
  product: z
    .string()
    .max(LONGEST_SLUG)
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i)
    .optional(),
  from: day.optional(),
  to: day.optional(),
  min: amount.optional(),
  max: amount.optional(),
  after: z.string().regex(PLACE).optional(),
})

/** What was filled in, as it was typed. */
export type FilterFields = Omit<z.infer<typeof filterFields>, 'after'>

/** A question to the list of orders, as an address asks it. */
export interface OrderQuery {
  fields: FilterFields
  filter: OrderFilter
  after: OrderPlace | undefined
}

/** What makes an address no question to the list: one of its fields, or that it has others or one of them twice. */
type FilterFault = keyof z.infer<typeof filterFields> | 'unknown'

/**
 * Reads the filter from an address. Fields that were left empty don't count. `timeZone`: whose days `from` and `to` are, the
 * last one included. Throws request-invalid.
 */
export function parseOrderQuery(query: Record<string, unknown>, timeZone: string): OrderQuery {
  const { data, fault } = readFilter(query)
  if (fault) throw invalid(fault)
  const { after, ...fields } = data
  return { fields, filter: toFilter(fields, timeZone), after: toPlace(after) }
}

/** Finds a fault that somebody can correct in the form, with what they have typed. */
export function findFaultInForm(
  query: Record<string, unknown>,
): { field: keyof FilterFields; typed: Record<string, string> } | undefined {
  const { fault } = readFilter(query)
  if (!fault || fault === 'unknown' || fault === 'after') return undefined
  const texts = Object.entries(query).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { field: fault, typed: Object.fromEntries(texts) }
}

type Read = { data: z.infer<typeof filterFields>; fault?: never } | { data?: never; fault: FilterFault }

function readFilter(query: Record<string, unknown>): Read {
  const given = Object.fromEntries(
    Object.entries(query)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
      .filter(([, value]) => value !== ''),
  )
  const { data, error } = filterFields.safeParse(given)
  if (!data) return { fault: (error.issues[0]?.path[0] as FilterFault | undefined) ?? 'unknown' }
  const fault = findContradiction(data)
  return fault ? { fault } : { data }
}

/** Returns the id in what buyers send: the address of a page or a link, or the line of a receipt. Anything else is unchanged. */
function takeId(pasted: string): string {
  return (ADDRESS.exec(pasted) ?? LINE_OF_RECEIPT.exec(pasted))?.[1] ?? pasted
}

function findContradiction({ currency, from, to, min, max }: FilterFields): FilterFault | undefined {
  if (from && to && from > to) return 'to'
  const [least, most] = [toHundredths(min, currency), toHundredths(max, currency)]
  if (min !== undefined && least === undefined) return 'min'
  if (max !== undefined && most === undefined) return 'max'
  return least !== undefined && most !== undefined && least > most ? 'max' : undefined
}

function invalid(fault: FilterFault): ShopError {
  return new ShopError('request-invalid', ({ orderFilter, orderFilterUnknown }) => {
    if (fault === 'unknown') return orderFilterUnknown()
    return fault === 'state' ? orderFilter.state(ORDER_STATES) : orderFilter[fault]
  })
}

function toFilter(fields: FilterFields, timeZone: string): OrderFilter {
  const { search, state, product, currency, from, to, min, max } = fields
  return {
    search,
    state,
    product,
    currency: currency?.toLowerCase(),
    from: from === undefined ? undefined : dayStartsAt(from, timeZone),
    before: to === undefined ? undefined : dayStartsAt(dayAfter(to), timeZone),
    minHundredths: toHundredths(min, currency),
    maxHundredths: toHundredths(max, currency),
  }
}

function toHundredths(text: string | undefined, currency: string | undefined): number | undefined {
  return text === undefined ? undefined : parseAmount(text, currency?.toLowerCase())
}

function toPlace(text: string | undefined): OrderPlace | undefined {
  const [, createdAt, id] = PLACE.exec(text ?? '') ?? []
  return createdAt && id ? { createdAt: Number(createdAt), id } : undefined
}

/** Returns the address of the list with these fields, from a place in it on. */
export function pathOf(fields: FilterFields, after?: OrderPlace): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) parameters.set(name, value)
  if (after) parameters.set('after', `${after.createdAt}.${after.id}`)
  return `/desk/orders${parameters.size > 0 ? `?${parameters}` : ''}`
}
