import { chmodSync, copyFileSync, renameSync } from 'node:fs'
import { aFreePort } from '../../scripts/support/free-port.js'
import { LIKE_ANYBODY } from '../support/like-anybody.ts'
import type { Bench, Facts, Fault } from './fault.ts'
import { throughOutage } from './support/outage.ts'
import { aSandbox, aShop } from './support/processes.ts'

export const readOnly: Fault = {
  name: 'read-only',
  survives: 'the database file becomes read-only: 503 with the reason, and it goes on once it may write',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, {
    sequencer: sandbox.url,
    folder: bench.folder(),
    port: await aFreePort(),
    under: LIKE_ANYBODY,
  })
  await shop.start()
  const file = shop.databaseFile
  const facts = await throughOutage(bench, shop, sandbox, {
    begin() {
      // Put back with the wrong rights, as from a backup: by chmod alone nothing happens to a file that is open.
      copyFileSync(file, `${file}.copy`)
      chmodSync(`${file}.copy`, 0o444)
      renameSync(file, `${file}.former`)
      renameSync(`${file}.copy`, file)
    },
    end() {
      renameSync(`${file}.former`, file)
    },
    reason: /read-only/,
  })

  await shop.kill('SIGTERM')
  chmodSync(file, 0o444)
  shop.run()
  const { code } = await shop.ended()
  bench.check(code === 1, `a start on a read-only file ended with exit code ${code}`)
  bench.check(
    /The shop cannot start\.\nCannot open the database .*cannot be written by/.test(shop.output()),
    `a start on a read-only file does not say why: ${shop.output().slice(-500)}`,
  )
  return { ...facts, 'start on it': `exit code ${code}, with the reason` }
}
