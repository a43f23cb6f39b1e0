import { parseArgs } from 'node:util'
import { type Backup, type BackupTerms, backupTerms, makeBackup, type Step } from './backups/index.ts'
import { ConfigError, loadEnvFile, readConfig } from './config/index.ts'
import { describeFailure } from './describe-failure.ts'
import { systemClock } from './time.ts'

// Makes a backup of the shop's database, while the shop sells.

const USAGE = `npm run backup [-- FILE] [-- --keep N]
  FILE       Write the backup to this file, which must not exist. Default: a file in BACKUP_FOLDER, named by its time.
  --keep N   Afterwards, remove all backups of this mode in BACKUP_FOLDER but the newest N. Those that the shop
             has made by itself stay.`

const STEPS: Record<Step, string> = {
  copying: 'Copying the database …',
  checking: 'Checking the copy …',
  packing: 'Compressing the copy …',
}

try {
  loadEnvFile(process.env)
  const terms = readTerms()
  const backup = await makeBackup(terms, undefined, (step, share) =>
    process.stderr.write(`${STEPS[step]}${share === undefined ? '' : ` ${Math.floor(share * 100)}%`}\n`),
  )
  process.stdout.write(`${describe(backup)}\n`)
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

function readTerms(): BackupTerms {
  const { values, positionals } = readArguments()
  const terms = backupTerms(readConfig(process.env), systemClock.now())
  const [file, ...more] = positionals
  const keep = values.keep === undefined ? undefined : Number(values.keep)
  if (more.length > 0 || (keep !== undefined && !(Number.isInteger(keep) && keep > 0)) || (keep && file))
    throw new ConfigError(`${file && keep ? '--keep works without FILE only.\n' : ''}${USAGE}`)
  return { ...terms, file, keep }
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { keep: { type: 'string' } } })
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n${USAGE}`)
  }
}

function describe({ file, bytes, manifest, removed, unrecorded }: Backup): string {
  const { orders = 0, payments = 0 } = manifest.counts
  return [
    `The backup is in ${file} (${formatSize(bytes)}): ${count(orders, 'order')} and ${count(payments, 'payment')}, in ${manifest.mode} mode.`,
    'It contains client secrets and keys, so keep it as private as the database. A copy on another machine survives this one.',
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
    ...(unrecorded === undefined
      ? []
      : [`The desk doesn’t show this backup, because the database could not record it: ${unrecorded}`]),
  ].join('\n')
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}

function formatSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
