import type { Row } from '../comparison.ts'
import { createIntent } from './create-intent.ts'
import { memory } from './memory.ts'
import { page } from './page.ts'
import { postgres } from './postgres.ts'
import { size } from './size.ts'
import { webhook } from './webhook.ts'

/** Everything by which two builds can be compared, in the order of the report. */
export const rows: Record<string, Row> = {
  webhook,
  page,
  'create-intent': createIntent,
  size,
  memory,
  postgres,
}
