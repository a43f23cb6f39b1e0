import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../server/config/index.ts'
import { startShop } from '../../server/start.ts'
import { aFreePort } from './process.ts'
import { aFolder, later } from './workplace.ts'

/** A shop that listens as it does in life, with its sandbox inside, in the process of the test. */
export async function aStartedShop(env: Record<string, string> = {}) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const port = await aFreePort()
  const config = {
    ...readConfig({
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
      LOG_LEVEL: 'silent',
      ...env,
    }),
    catalogFolder: join(folder, 'catalog'),
    sandboxFolder: join(folder, 'sequencer'),
  }
  const shop = await startShop(config)
  later(() => shop.stop())
  return { port, url: config.localUrl, databaseFile: join(folder, 'shop.db') }
}
