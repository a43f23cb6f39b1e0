import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { aFreePort } from '../../scripts/support/free-port.js'
import { readConfig } from '../../server/config/index.ts'
import { openOwnUrls } from '../../server/config/own-urls.ts'
import { startShop } from '../../server/start.ts'
import { aFolder, later } from './workplace.ts'

/** A shop that listens as it does in life, with its sandbox inside, in the process of the test. */
export async function aStartedShop(
  env: Record<string, string> = {},
  { publicUrl }: { publicUrl?: () => string | undefined } = {},
) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const port = await aFreePort()
  const given = {
    ...readConfig({
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
      LOG_LEVEL: 'silent',
      ...env,
    }),
    catalogFolder: join(folder, 'catalog'),
    sandboxFolder: join(folder, 'sequencer'),
  }
  const { localUrl } = given
  const urls =
    publicUrl && openOwnUrls({ publicUrl, localUrl, localOrigins: [localUrl], deliversTo: 'local' })
  const config = { ...given, ...urls }
  const shop = await startShop(config)
  later(() => shop.stop())
  return { port, url: config.localUrl, databaseFile: join(folder, 'shop.db') }
}
