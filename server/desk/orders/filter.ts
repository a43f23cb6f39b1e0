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

const day = z.string().refine(isDay)
const amount = z.string().max(20)
const filterFields = z.strictObject({
  search: z
    .string()
    .regex(/^[\w-]{1,80}$/)
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

/**
 * Reads the filter from an address. Fields that were left empty don't count. `timeZone`: whose days `from` and `to` are, the
 * last one included. Throws request-invalid.
 */
export function parseOrderQuery(query: Record<string, unknown>, timeZone: string): OrderQuery {
  const given = Object.fromEntries(
    Object.entries(query)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
      .filter(([, value]) => value !== ''),
  )
  const { data, error } = filterFields.safeParse(given)
  if (!data) throw invalid(error.issues[0])
  const { after, ...fields } = data
  return { fields, filter: toFilter(fields, timeZone), after: toPlace(after) }
}

function invalid(issue: z.core.$ZodIssue | undefined): ShopError {
  const field = issue?.path[0]
  return new ShopError('request-invalid', ({ orderFilter, orderFilterUnknown }) =>
    field === undefined ? orderFilterUnknown() : orderFilter[field as keyof typeof orderFilter],
  )
}

function toFilter(fields: FilterFields, timeZone: string): OrderFilter {
  const { search, state, product, currency, from, to, min, max } = fields
  if (from && to && from > to) throw new ShopError('request-invalid', (t) => t.orderFilter.to)
  const minHundredths = toHundredths(min, currency, 'min')
  const maxHundredths = toHundredths(max, currency, 'max')
  if (minHundredths !== undefined && maxHundredths !== undefined && minHundredths > maxHundredths)
    throw new ShopError('request-invalid', (t) => t.orderFilter.max)
  return {
    search,
    state,
    product,
    currency: currency?.toLowerCase(),
    from: from === undefined ? undefined : dayStartsAt(from, timeZone),
    before: to === undefined ? undefined : dayStartsAt(dayAfter(to), timeZone),
    minHundredths,
    maxHundredths,
  }
}

function toHundredths(
  text: string | undefined,
  currency: string | undefined,
  field: 'min' | 'max',
): number | undefined {
  if (text === undefined) return undefined
  const hundredths = parseAmount(text, currency?.toLowerCase())
  if (hundredths === undefined) throw new ShopError('request-invalid', (t) => t.orderFilter[field])
  return hundredths
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
