import leven from 'leven'
import * as z from '../zod.ts'
import { type Fault, throwTogether } from './fault.ts'
import type { FieldPath } from './front-matter.ts'
import { findKind, type Kind, kinds, line, NOT_TEXT, type Pricing } from './kinds/index.ts'

/** Makes a Fault that points to the line of a field. */
export type FaultAt = (path: FieldPath, message: string) => Fault

/** The fields of every product, after its kind has read the price. The other fields of its kind come with them. */
export type Fields = z.infer<typeof fieldsOfAll> & { price: Pricing }

const TYPO_EDITS = 2
const PRICES = /^price(?:\.|$)/

// Language, script, region: https://www.rfc-editor.org/rfc/rfc5646#section-2.2. That much is always well-formed.
const LANGUAGE = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i

/** A language, in the canonical form of its tag. */
const language = line.transform((tag, context) => {
  const [canonical] = LANGUAGE.test(tag) ? Intl.getCanonicalLocales(tag) : []
  if (canonical) return canonical
  context.addIssue(`must be the tag of a language, like ar, th or pt-BR, not "${tag}"`)
  return z.NEVER
})

const fieldsOfAll = z.strictObject({
  title: line.max(120, 'must have at most 120 characters'),
  kind: line,
  summary: line.max(300, 'must have at most 300 characters'),
  slug: line.optional(),
  lang: language.default('en'),
  image: line.optional(),
  imageAlt: line.max(300, 'must have at most 300 characters').optional(),
})

/** Finds the kind that a product file names. Throws Fault. */
export function readKind(name: unknown, faultAt: FaultAt): Kind {
  const kind = findKind(name)
  if (kind) return kind
  const names = kinds.map((each) => each.name)
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
  throw faultAt(
    ['kind'],
    name === undefined ? 'kind is missing' : `kind must be ${list}${suggest(name, names)}`,
  )
}

/** Reads the fields that a product of this kind has. Throws Fault with all that are wrong. */
export function readFields(found: Record<string, unknown>, kind: Kind | undefined, faultAt: FaultAt): Fields {
  const schema = kind ? fieldsOfAll.extend(kind.fields) : fieldsOfAll.omit({ kind: true }).loose()
  const parsed = schema.safeParse(found)
  if (parsed.success) return parsed.data as Fields
  throwTogether(parsed.error.issues.flatMap((issue) => toFaults(issue, found, kind, faultAt)))
  throw new TypeError('zod refuses the fields without a reason')
}

function toFaults(
  issue: z.core.$ZodIssue,
  found: Record<string, unknown>,
  kind: Kind | undefined,
  faultAt: FaultAt,
): Fault[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => faultAt([...issue.path, key], sayUnknown(key, issue.path, kind)))
    : [faultAt(issue.path, explain(issue, found))]
}

/** If the field belongs to another kind, the merchant probably meant that one. */
function sayUnknown(name: string, path: FieldPath, kind: Kind | undefined): string {
  if (path.length > 0) return `"${name}" is not a part of ${nameOf(path)}`
  const meant = kinds.find(({ fields }) => Object.hasOwn(fields, name))
  if (kind && meant) return `${kind.noun} has no ${name}; use kind: ${meant.name}`
  return `"${name}" is not a field of a product${suggest(name, Object.keys({ ...fieldsOfAll.shape, ...kind?.fields }))}`
}

/** Returns a question about the nearest name, or nothing if none is near. */
function suggest(name: unknown, names: readonly string[]): string {
  const text = String(name).toLowerCase()
  const [nearest] = names
    .map((each) => ({ each, edits: leven(text, each.toLowerCase()) }))
    .filter(({ edits }) => edits <= TYPO_EDITS)
    .sort((one, other) => one.edits - other.edits)
  return nearest ? `: did you mean ${nearest.each}?` : ''
}

function explain({ code, path, message }: z.core.$ZodIssue, found: Record<string, unknown>): string {
  if (code === 'custom') return `${nameOf(path)}: ${message}`
  const [name, value] = [nameOf(path), valueAt(found, path)]
  if (value === undefined) return `${name} is missing`
  if (value === null) return `${name} must not be empty`
  if (message === NOT_TEXT && typeof value === 'number' && PRICES.test(name))
    return `${name} needs a currency, like ${value} usd`
  if (message === NOT_TEXT && typeof value !== 'object')
    return `${name} must be text: put quotation marks around it, like ${name}: "${value}"`
  return `${name} ${message}`
}

/** ['price', 'suggest', 0] → `price.suggest`. The entry of a list is told by its line. */
function nameOf(path: FieldPath): string {
  return path.filter((step) => typeof step === 'string').join('.')
}

function valueAt(found: Record<string, unknown>, path: FieldPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown>)[step], found)
}
