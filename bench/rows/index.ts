import type { Measure } from '../rounds.ts'
import { api } from './api.ts'
import { backup } from './backup.ts'
import { createIntent } from './create-intent.ts'
import { desk } from './desk.ts'
import { deskOrders } from './desk-orders.ts'
import { exporting } from './export.ts'
import { instances } from './instances.ts'
import { memory } from './memory.ts'
import { page } from './page.ts'
import { passes } from './passes.ts'
import { postgres } from './postgres.ts'
import { sandbox } from './sandbox.ts'
import type { Settings } from './settings.ts'
import { size } from './size.ts'
import { start } from './start.ts'
import { webhook } from './webhook.ts'

export type Row = (settings: Settings) => Promise<Measure[]>

/** Everything that can be measured, in the order of the report. */
export const rows: Record<string, Row> = {
  webhook,
  'create-intent': createIntent,
  page,
  api,
  passes,
  size,
  desk,
  'desk-orders': deskOrders,
  export: exporting,
  backup,
  start,
  memory,
  instances,
  postgres,
  sandbox,
}
