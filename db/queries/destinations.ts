import type { Database } from '../database.ts'
import type { Parameters, Row } from '../engines/driver.ts'

const ADD_DESTINATION = `
  INSERT INTO destinations (address, first_used_at)
  VALUES (@destination, @now)
  ON CONFLICT (address) DO NOTHING`

/** True for an event that pays an address which the shop has now, or one that any order has ever had. */
export const PAYS_US = `
  (@destination = @ourDestination
    OR EXISTS (SELECT 1 FROM destinations WHERE destinations.address = @destination))`

/** Runs statements, and records their order's destination in the same unit of work, unless this process has recorded it already. */
export async function writeWithDestination(
  db: Database,
  statements: readonly string[],
  parameters: Parameters & { destination: string },
): Promise<Row[][]> {
  const { destination } = parameters
  const isKnown = db.destinations.has(destination)
  const results = await db.write(isKnown ? statements : [...statements, ADD_DESTINATION], parameters)
  if (!isKnown) db.destinations.add(destination)
  return results.slice(0, statements.length)
}
