import { isTimeZone } from '../../config/index.ts'
import * as z from '../../zod.ts'
import { explain, type FaultAt, nameOf, suggest } from '../explain-fields.ts'
import { Fault, throwTogether } from '../fault.ts'
import { language, line } from '../kinds/index.ts'
import { lineOf, parseYaml } from '../parse-yaml.ts'
import { DEFAULT_IDENTITY, type Identity } from './identity.ts'

const fields = z.strictObject({
  name: line.max(60, 'must have at most 60 characters').default(DEFAULT_IDENTITY.name),
  tagline: line.max(120, 'must have at most 120 characters').optional(),
  description: line.max(300, 'must have at most 300 characters').optional(),
  lang: language.optional(),
  timeZone: line.refine(isTimeZone, 'must be the name of an IANA time zone, like Europe/Berlin').optional(),
})

/** Parses `shop.yaml`. `timeZone`: TIME_ZONE, if it is set. Throws Fault. */
export function parseShop(source: string, timeZone: string | undefined): Identity {
  if (source.split('\n').every((text) => /^\s*(#|$)/.test(text))) return DEFAULT_IDENTITY
  const yaml = parseYaml(source.replace(/^\uFEFF/, ''), 0)
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(yaml, path), message)
  const parsed = fields.safeParse(yaml.fields)
  if (!parsed.success) {
    throwTogether(parsed.error.issues.flatMap((issue) => toFaults(issue, yaml.fields, faultAt)))
    throw new TypeError('zod refuses the fields without a reason')
  }
  const shop = parsed.data
  if (shop.timeZone && timeZone && !isSameZone(shop.timeZone, timeZone))
    throw faultAt(
      ['timeZone'],
      `timeZone is ${shop.timeZone}, but the setting TIME_ZONE is ${timeZone}: remove one of the two`,
    )
  return { ...DEFAULT_IDENTITY, ...shop }
}

function toFaults(issue: z.core.$ZodIssue, found: Record<string, unknown>, faultAt: FaultAt): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [faultAt(issue.path, explain(issue, found))]
  const { path, keys } = issue
  return keys.map((key) => faultAt([...path, key], sayUnknown(key, nameOf(path))))
}

function sayUnknown(name: string, parent: string): string {
  if (parent) return `"${name}" is not a part of ${parent}`
  return `"${name}" is not a field of shop.yaml${suggest(name, Object.keys(fields.shape))}`
}

/** Returns whether two names stand for the same time zone, such as Asia/Calcutta and Asia/Kolkata. */
function isSameZone(one: string, other: string): boolean {
  const [first, second] = [one, other].map(
    (timeZone) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone,
  )
  return first === second
}
