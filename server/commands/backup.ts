import { type Backup, type BackupTerms, backupTerms, makeBackup, type Step } from '../backups/index.ts'
import { loadConfigWithoutUrl } from '../config/index.ts'
import { countOf } from '../count-of.ts'
import { describeFailure } from '../describe-failure.ts'
import { readArguments, refuseArguments } from '../read-arguments.ts'
import { systemClock } from '../time.ts'

// Makes a backup of the shop's database, while the shop sells.

const USAGE = `npm run backup [-- FILE] [-- --keep N]
  FILE       Write the backup to this file, which must not exist, in a folder that does. Default: a file in
             BACKUP_FOLDER, named by its time.
  --keep N   Afterwards, remove all backups of this mode in BACKUP_FOLDER but the newest N. Those that the shop
             has made by itself stay.`

const STEPS: Record<Step, string> = {
  copying: 'Copying the database …',
  checking: 'Checking the copy …',
  packing: 'Compressing the copy …',
}

try {
  const choice = readChoice()
  const terms: BackupTerms = { ...backupTerms(loadConfigWithoutUrl(), systemClock.now()), ...choice }
  const backup = await makeBackup(terms, undefined, (step, share) =>
    process.stderr.write(`${STEPS[step]}${share === undefined ? '' : ` ${Math.floor(share * 100)}%`}\n`),
  )
  process.stdout.write(`${describe(backup)}\n`)
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

function readChoice(): Pick<BackupTerms, 'file' | 'keep'> {
  const { values, positionals } = readArguments(USAGE, { keep: { type: 'string' } }, 1)
  const [file] = positionals
  const keep = values.keep === undefined ? undefined : Number(values.keep)
  if (keep !== undefined && !(Number.isInteger(keep) && keep > 0))
    refuseArguments(USAGE, `--keep must be a whole number from 1, not ${values.keep}.`)
  if (keep && file) refuseArguments(USAGE, '--keep works without FILE only.')
  return { file, keep }
}

function describe({ file, bytes, manifest, removed, notRemoved, unrecorded }: Backup): string {
  const { orders = 0, payments = 0 } = manifest.counts
  return [
    `The backup is in ${file} (${formatSize(bytes)}): ${countOf(orders, 'order')} and ${countOf(payments, 'payment')}, in ${manifest.mode} mode.`,
    'It contains client secrets and keys, so keep it as private as the database. A copy on another machine survives this one.',
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
    ...notRemoved.map((why) => `An older backup could not be removed: ${why}`),
    ...(unrecorded === undefined
      ? []
      : [`The desk doesn’t show this backup, because the database could not record it: ${unrecorded}`]),
  ].join('\n')
}

function formatSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
