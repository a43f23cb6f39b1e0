import { createPublicKey, sign, verify } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { generateKey } from '../sandbox/generate-key.ts'
import { FOLDER } from './processes.ts'
import { quantile } from './rounds.ts'

const SLICE_MS = 300
const SLICES = 5

/** Describes the machine, including the two figures that limit any shop. */
export function describeMachine(): Record<string, string | number> {
  mkdirSync(FOLDER, { recursive: true })
  const [cpu, ...others] = cpus()
  return {
    processor: `${1 + others.length} × ${cpu?.model ?? 'unknown'}`,
    node: process.version,
    'signature checks a second': checksASecond(),
    'fsyncs a second': fsyncsASecond(),
  }
}

function checksASecond(): number {
  const privateKey = generateKey()
  const publicKey = createPublicKey(privateKey)
  const text = Buffer.alloc(400, 'x') // as long as Code's tokens
  const signature = sign(null, text, privateKey)
  return aSecond(() => verify(null, text, publicKey, signature))
}

/** Syncs a page of 4 kB in a file beside the databases, as a database syncs its WAL. */
function fsyncsASecond(): number {
  const path = join(FOLDER, 'fsync')
  const file = openSync(path, 'w')
  const page = Buffer.alloc(4_096)
  let pages = 0
  const rate = aSecond(() => {
    writeSync(file, page, 0, page.length, (pages++ % 1_000) * page.length)
    fdatasyncSync(file)
  })
  closeSync(file)
  rmSync(path)
  return rate
}

function aSecond(work: () => unknown): number {
  const rates = Array.from({ length: SLICES }, () => {
    const began = performance.now()
    let times = 0
    while (performance.now() - began < SLICE_MS) {
      work()
      times++
    }
    return (times / (performance.now() - began)) * 1_000
  })
  return Math.round(quantile(rates, 0.5))
}
