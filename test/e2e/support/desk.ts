import { openDatabase } from '../../../db/index.ts'
import { issueDeskLink } from '../../../server/desk/index.ts'
import { systemClock } from '../../../server/time.ts'
import type { Visitor } from './browser.ts'
import type { OpenShop } from './shop.ts'

/** A one-time link into the desk of this shop, made beside it as `npm run desk` does. */
export async function aDeskLink({ config }: OpenShop): Promise<string> {
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode })
  try {
    return await issueDeskLink({ config, db, clock: systemClock }, 'npm run desk')
  } finally {
    await db.close()
  }
}

/** Signs a visitor in to the desk, whose first page they then see. */
export async function enterDesk(shop: OpenShop, { page }: Visitor): Promise<void> {
  await page.goto(await aDeskLink(shop))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Desk' }).waitFor()
}
