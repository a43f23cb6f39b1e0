import * as z from '../../zod.ts'
import { formFields, typed } from '../read-request.ts'

/** Fields that the forms of an order have in common. */
export const fields = {
  ...formFields,
  id: z.string().max(80),
  line: typed(200),
  text: typed(1_000),
}

/** A field that was left empty says nothing. */
export function filled(text: string): string | undefined {
  return text === '' ? undefined : text
}
