import * as z from '../zod.ts'
import type { Fault, FieldPath } from './front-matter.ts'
import { findKind, type Kind, kinds, line, type Pricing } from './kinds/index.ts'

/** Makes a Fault that points to the line of a field. */
export type FaultAt = (path: FieldPath, message: string) => Fault

/** The fields of every product, after its kind has read the price. The other fields of its kind come with them. */
export type Fields = z.infer<typeof fieldsOfAll> & { price: Pricing }

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
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(kinds.map((each) => each.name))
  throw faultAt(['kind'], name === undefined ? 'kind is missing' : `kind must be ${names}`)
}

/** Reads the fields that a product of this kind has. Throws Fault with the first one that is wrong. */
export function readFields(found: Record<string, unknown>, kind: Kind, faultAt: FaultAt): Fields {
  const parsed = fieldsOfAll.extend(kind.fields).safeParse(found)
  if (parsed.success) return parsed.data as Fields
  const [issue] = parsed.error.issues
  if (!issue) throw new TypeError('zod refuses the fields without a reason')
  throw issue.code === 'unrecognized_keys'
    ? faultAt([...issue.path, issue.keys[0] ?? ''], sayUnknown(issue.keys[0] ?? '', issue.path, kind))
    : faultAt(issue.path, explain(issue, found))
}

/** If the field belongs to another kind, the merchant probably meant that one. */
function sayUnknown(name: string, path: FieldPath, kind: Kind): string {
  if (path.length > 0) return `"${name}" is not a part of ${nameOf(path)}`
  const meant = kinds.find(({ fields }) => Object.hasOwn(fields, name))
  return meant
    ? `${kind.noun} has no ${name}; use kind: ${meant.name}`
    : `"${name}" is not a field of a product`
}

function explain({ code, path, message }: z.core.$ZodIssue, found: Record<string, unknown>): string {
  if (code === 'custom') return `${nameOf(path)}: ${message}`
  return `${nameOf(path)} ${valueAt(found, path) === undefined ? 'is missing' : message}`
}

/** ['price', 'suggest', 0] → `price.suggest`. The entry of a list is told by its line. */
function nameOf(path: FieldPath): string {
  return path.filter((step) => typeof step === 'string').join('.')
}

function valueAt(found: Record<string, unknown>, path: FieldPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown>)[step], found)
}
