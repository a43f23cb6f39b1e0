import type { Request } from 'express'
import { ShopError } from '../errors.ts'
import { readFields } from '../web/index.ts'
import * as z from '../zod.ts'

const LARGEST_FORM = 16_384 // bytes: url-encoded, a letter can take nine, so the longest text and two lines take 12,600

/**
 * What the desk's forms have in common. What people type has a length that a page can show. A reason that is empty, or only
 * spaces, is for the form itself to point out: a browser lets spaces pass as filled in.
 */
export const formFields = {
  form: z.string().max(200),
  reason: typed(1_000),
}

/** A text that somebody types or pastes, of at most this many characters. It loses NULs, which nobody sees and PostgreSQL refuses. */
export function typed(longest: number) {
  return z
    .string()
    .overwrite((text) => text.replaceAll('\0', ''))
    .trim()
    .max(longest)
}

/** Reads a form of the desk. Throws what readFields throws, and request-invalid. */
export async function readForm<Form>(req: Request, schema: z.ZodType<Form>): Promise<Form> {
  return parse(schema, await readFields(req, LARGEST_FORM, true))
}

/** Reads the query of a page of the desk. Throws request-invalid. */
export function readQuery<Query>(req: Request, schema: z.ZodType<Query>): Query {
  return parse(schema, req.query)
}

function parse<Values>(schema: z.ZodType<Values>, given: unknown): Values {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const names = parsed.error.issues.flatMap(({ path }) => path.map(String))
  throw new ShopError('request-invalid', (t) => t.deskFields([...new Set(names)]))
}
