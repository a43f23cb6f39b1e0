import * as z from '../zod.ts'
import { explain, type FaultAt, nameOf, suggest } from './explain-fields.ts'
import { type Fault, throwTogether } from './fault.ts'
import { anyPrice, day, findKind, type Kind, kinds, language, line, lineUpTo, tag } from './kinds/index.ts'
import type { FieldPath, YamlFields } from './parse-yaml.ts'
import { destination, fees } from './payees.ts'
import type { Pricing } from './product.ts'
import { tax } from './tax.ts'
import { tip } from './tip.ts'

const YES_OR_NO = 'must be true or false'
const MOST_TAGS = 10 // each is one more scope in the gate's question

/** The fields of every product, after its kind has read the price. The other fields of its kind come with them. */
export type Fields = z.infer<typeof fieldsOfAll> & { price: Pricing[] }

/** The fields that products of every kind have, besides the price. */
export const fieldsOfAll = z.strictObject({
  title: lineUpTo(120),
  kind: line,
  summary: lineUpTo(300),
  slug: line.optional(),
  lang: language.optional(),
  date: day.optional(),
  order: z.int('must be a whole number, like 1').optional(),
  sold: z.boolean(YES_OR_NO).default(true),
  draft: z.boolean(YES_OR_NO).default(false),
  destination: destination.optional(),
  fees: fees.optional(),
  tax: tax.optional(),
  tip: tip.optional(),
  tags: z
    .array(tag, 'must be a list, like tags: [bread-series]')
    .max(MOST_TAGS, `must have at most ${MOST_TAGS} tags`)
    .default([])
    .transform((tags) => [...new Set(tags)]),
  image: line.optional(),
  imageAlt: lineUpTo(300).optional(),
})

// Every field that a product may have: those of kinds with any value, since their rules are for products of that kind.
const OF_KINDS = Object.fromEntries(
  kinds.flatMap(({ fields }) => Object.keys(fields)).map((name) => [name, z.unknown().optional()]),
)
const WITHOUT_KIND = fieldsOfAll.extend({ ...OF_KINDS, kind: z.unknown().optional(), price: anyPrice })

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

/**
 * Reads the fields that a product of this kind has. Without a kind, they are those of every product, and the price may be any that a
 * kind takes. Throws Fault with all that are wrong.
 */
export function readFields(yaml: YamlFields, kind: Kind | undefined, faultAt: FaultAt): Fields {
  const schema = kind ? fieldsOfAll.extend(kind.fields) : WITHOUT_KIND
  const parsed = schema.safeParse(yaml.fields)
  if (parsed.success) return parsed.data as Fields
  throwTogether(parsed.error.issues.flatMap((issue) => toFaults(issue, yaml, kind, faultAt)))
  throw new TypeError('zod refuses the fields without a reason')
}

function toFaults(
  issue: z.core.$ZodIssue,
  yaml: YamlFields,
  kind: Kind | undefined,
  faultAt: FaultAt,
): Fault[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => faultAt([...issue.path, key], sayUnknown(key, issue.path, kind)))
    : [faultAt(issue.path, explain(issue, yaml))]
}

/** If the field belongs to another kind, the merchant probably meant that one. */
function sayUnknown(name: string, path: FieldPath, kind: Kind | undefined): string {
  if (path.length > 0) return `"${name}" is not a part of ${nameOf(path)}`
  const meant = kinds.find(({ fields }) => Object.hasOwn(fields, name))
  if (kind && meant) return `${kind.noun} has no ${name}; use kind: ${meant.name}`
  return `"${name}" is not a field of a product${suggest(name, Object.keys((kind ? fieldsOfAll.extend(kind.fields) : WITHOUT_KIND).shape))}`
}
