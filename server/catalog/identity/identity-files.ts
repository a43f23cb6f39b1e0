import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../fault.ts'
import { readText } from '../read-text.ts'
import { stampOf } from '../stamp.ts'
import { DEFAULT_IDENTITY, type Identity } from './identity.ts'
import { parseShop } from './parse-shop.ts'

const FILE = 'shop.yaml'
const MISNAMED = ['shop.yml', 'shop.json']

/** The files that say whose shop it is, as they were last read. */
export interface IdentityFiles {
  /** Changes when one of them is saved, added or removed */
  stamp: string
  /** The last version without a fault; undefined if there was none */
  good: Identity | undefined
  /** What is wrong with the files as they are now: path, line, message */
  faults: readonly string[]
}

interface Options {
  folder: string
  /** TIME_ZONE, if it is set */
  timeZone?: string | undefined
}

/** Reads the files if they have changed since they were `known`. A new object means that they have. */
export function readIdentity(options: Options, known?: IdentityFiles): IdentityFiles {
  const { folder, timeZone } = options
  const path = join(folder, FILE)
  const stamp = stampOf([path, ...MISNAMED.map((name) => join(folder, name))])
  if (stamp === known?.stamp && known.faults.length === 0) return known
  try {
    return { stamp, good: Object.freeze(readShop(folder, timeZone)), faults: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const faults = [fault, ...fault.others].map(({ line, message }) => `${path}:${line}: ${message}`)
    return { stamp, good: known?.good, faults }
  }
}

function readShop(folder: string, timeZone: string | undefined): Identity {
  const path = join(folder, FILE)
  if (existsSync(path)) return parseShop(readText(path), timeZone)
  const found = MISNAMED.find((name) => existsSync(join(folder, name)))
  if (found) throw new Fault(1, `the file is missing, but there is ${found}: rename that to ${FILE}`)
  return DEFAULT_IDENTITY
}
