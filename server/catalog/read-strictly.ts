import type * as z from '../zod.ts'
import { explain, type FaultAt, nameOf, suggest } from './explain-fields.ts'
import { type Fault, throwTogether } from './fault.ts'
import type { YamlFields } from './parse-yaml.ts'

/** Reads fields, of which each must be known. `whose`: what has them, such as `a page`. Throws Fault with all that are wrong. */
export function readStrictly<T extends z.ZodObject>(
  schema: T,
  yaml: YamlFields,
  whose: string,
  faultAt: FaultAt,
): z.infer<T> {
  const parsed = schema.safeParse(yaml.fields)
  if (parsed.success) return parsed.data
  const sayUnknown = (key: string, parent: string) =>
    parent
      ? `"${key}" is not a part of ${parent}`
      : `"${key}" is not a field of ${whose}${suggest(key, Object.keys(schema.shape))}`
  throwTogether(
    parsed.error.issues.flatMap((issue): Fault[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => faultAt([...issue.path, key], sayUnknown(key, nameOf(issue.path))))
        : [faultAt(issue.path, explain(issue, yaml))],
    ),
  )
  throw new TypeError('zod refuses the fields without a reason')
}
