import type { Request } from 'express'
import { parseFields, readForm } from '../web/index.ts'
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

/** Reads a form of the desk. Throws what the shop's other forms throw. */
export function readDeskForm<Form>(req: Request, schema: z.ZodType<Form>): Promise<Form> {
  return readForm(req, schema, (t, names) => t.deskFields(names), LARGEST_FORM)
}

/** Reads the query of a page of the desk. Throws request-invalid. */
export function readQuery<Query>(req: Request, schema: z.ZodType<Query>): Query {
  return parseFields(schema, req.query, (t, names) => t.deskFields(names))
}
