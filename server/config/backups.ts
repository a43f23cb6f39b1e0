import { resolve } from 'node:path'
import * as z from '../zod.ts'

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const SHORTEST_MS = 10 * UNITS_MS.m
const LONGEST_MS = 31 * UNITS_MS.d
const MOST_KEPT = 10_000

export const DEFAULT_BACKUP_FOLDER = 'data/backups'

export const backupEvery = z
  .string()
  .regex(/^\d{1,4}[mhd]$/, 'must be a time in minutes, hours or days, like 30m, 6h or 1d')
  .transform((text) => Number(text.slice(0, -1)) * UNITS_MS[text.slice(-1) as keyof typeof UNITS_MS])
  .pipe(z.number().min(SHORTEST_MS, 'must be at least 10m').max(LONGEST_MS, 'must be at most 31d'))

export const backupKeep = z
  .string()
  .regex(/^\d{1,5}$/, `must be a whole number from 1 to ${MOST_KEPT}`)
  .transform(Number)
  .pipe(z.number().min(1, 'must be at least 1').max(MOST_KEPT, `must be at most ${MOST_KEPT}`))

/** Returns whether the merchant has chosen a folder for backups. Then it must exist: if it doesn't, its disk may not be mounted. */
export function isChosenFolder(folder: string): boolean {
  return resolve(folder) !== resolve(DEFAULT_BACKUP_FOLDER)
}

/** `everyMs`: how often the shop makes a backup by itself; undefined if it doesn’t. `keep`: how many of these it keeps. */
export function readBackups(data: {
  BACKUP_EVERY?: number | undefined
  BACKUP_FOLDER: string
  BACKUP_KEEP: number
}) {
  return { everyMs: data.BACKUP_EVERY, folder: data.BACKUP_FOLDER, keep: data.BACKUP_KEEP }
}
