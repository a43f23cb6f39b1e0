import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { throughOutage } from './support/outage.ts'
import { aSandbox, aShop } from './support/processes.ts'

export const folderGone: Fault = {
  name: 'folder-gone',
  survives: 'the data folder is gone: 503 with the reason, and it goes on once it, or a backup, is there',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()
  const file = shop.databaseFile
  const data = dirname(file)

  bench.say('moved away, and back')
  const moved = await throughOutage(bench, shop, sandbox, {
    begin: () => renameSync(data, `${data}-elsewhere`),
    end: () => renameSync(`${data}-elsewhere`, data),
    reason: /its file is gone/,
  })

  bench.say('deleted, and restored from a backup')
  await shop.kill('SIGTERM') // a shop takes what fails again within a minute for the same outage, and has logged why
  await shop.start()
  const backup = `${data}-backup.db`
  const restored = await throughOutage(bench, shop, sandbox, {
    async begin() {
      const source = new Sqlite(file, { readonly: true })
      await source.backup(backup)
      source.close()
      rmSync(data, { recursive: true })
    },
    end() {
      mkdirSync(data)
      renameSync(backup, file)
    },
    reason: /its file is gone/,
  })
  return { ...moved, 'recovered from a backup after (ms)': restored['recovered after (ms)'] ?? 0 }
}
