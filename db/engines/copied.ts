import type { Engine } from './driver.ts'

/** A copy of a database as it was at one moment, in a file of its own that has been checked. */
export interface CopiedDatabase {
  /** Its name in the folder that it was written to */
  file: string
  engine: Engine
  /** Sandbox or live, as the database says */
  mode: string
  /** The names of the migrations that have run on it, in their order */
  migrations: string[]
  /** The rows of each table */
  counts: Record<string, number>
}

/** Hears how far a copy is: a share of 1. From 1 on, it is being checked. */
export type OnShare = (share: number) => void

/** The backup that was made last, as the database records it. */
export interface LastBackup {
  /** Milliseconds since 1970: what came later isn't in it */
  madeAt: number
  /** Where it was written to, on the machine that made it */
  file: string
  bytes: number
}

/** Their keys in `meta`: of all backups, and of those that the shop made by itself */
export const LAST_BACKUP = 'last_backup'
export const LAST_AUTOMATIC_BACKUP = 'last_automatic_backup'

export const FIND_BACKUP = `
  SELECT value
  FROM meta
  WHERE key = @key`

export const NOTE_BACKUP = `
  INSERT INTO meta (key, value)
  VALUES (@key, @value)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`
