import * as z from '../zod.ts'
import { IS_BAD_PORT, isOpenable } from './bad-ports.ts'

export const webAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:/.test(text),
    'must be a web address, like https://example.org',
  )
  .refine((text) => !URL.canParse(text) || isOpenable(Number(new URL(text).port)), IS_BAD_PORT)
  .transform((text) => text.replace(/\/+$/, ''))
