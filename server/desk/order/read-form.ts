import type { Request } from 'express'
import { ShopError } from '../../errors.ts'
import { readFields } from '../../web/index.ts'
import * as z from '../../zod.ts'

const LARGEST_FORM = 8_192 // bytes

/** Fields that the forms of an order have in common. Text that people type has a length that a page can show. */
export const fields = {
  form: z.string().max(200),
  id: z.string().max(80),
  line: z.string().trim().max(200),
  text: z.string().trim().max(1_000),
}

/** Reads a form of the desk. Throws what readFields throws, and request-invalid. */
export async function readForm<Form>(req: Request, schema: z.ZodType<Form>): Promise<Form> {
  return parse(schema, await readFields(req, LARGEST_FORM, true))
}

/** Reads the query of a form's page. Throws request-invalid. */
export function readQuery<Query>(req: Request, schema: z.ZodType<Query>): Query {
  return parse(schema, req.query)
}

function parse<Values>(schema: z.ZodType<Values>, given: unknown): Values {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' }
  throw new ShopError('request-invalid', (t) => t.deskForm(path.join('.'), message))
}

/** A field that was left empty says nothing. */
export function filled(text: string): string | undefined {
  return text === '' ? undefined : text
}
