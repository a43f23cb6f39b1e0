import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { throughOutage } from './support/outage.ts'
import { aSandbox, aShop, type ShopProcess } from './support/processes.ts'

const DISK = '8m' // the log takes four before it is first emptied

export const diskFull: Fault = {
  name: 'disk-full',
  survives: 'the disk is full: 503 with the reason, and it goes on once there is space',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const folder = bench.folder()
  const hasDisk = mountDisk(bench, join(folder, 'data'))
  const shop = aShop(bench, { sequencer: sandbox.url, folder, port: await aFreePort() })
  await shop.start()
  const outage = hasDisk ? aFilledDisk(join(folder, 'data', 'filler')) : aLimit(shop)
  const facts = await throughOutage(bench, shop, sandbox, outage)
  return { disk: hasDisk ? `tmpfs of ${DISK}` : 'NO DISK OF ITS OWN: a limit on the size of files', ...facts }
}

/** A small disk for the data alone; only root may do that. */
function mountDisk(bench: Bench, folder: string): boolean {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder], { stdio: 'ignore' })
    bench.later(() => execFileSync('umount', [folder]))
    return true
  } catch {
    bench.say('MAY NOT MOUNT A DISK HERE: a limit on the size of files stands in for a full one')
    return false
  }
}

function aFilledDisk(filler: string) {
  return {
    begin: () => fill(filler),
    end: () => rmSync(filler),
    reason: /the disk is full/,
  }
}

function fill(filler: string): void {
  for (const size of [65_536, 4_096, 512])
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size))
    } catch {
      // full, but for less than this
    }
}

/** No file may grow: to the shop that is a disk that fails. */
function aLimit(shop: ShopProcess) {
  const limit = (size: string) => execFileSync('prlimit', ['--pid', String(shop.pid()), `--fsize=${size}:`])
  return {
    begin: () => limit(String(statSync(`${shop.databaseFile}-wal`).size)),
    end: () => limit('unlimited'),
    reason: /the disk (is full|fails to read or to write)/,
  }
}
