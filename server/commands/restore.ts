import type { Replaced } from '../../db/index.ts'
import {
  backupTerms,
  type Manifest,
  type RestoredBackup,
  type RestoreStep,
  restoreBackup,
} from '../backups/index.ts'
import { loadConfigWithoutUrl } from '../config/index.ts'
import { countOf } from '../count-of.ts'
import { describeFailure } from '../describe-failure.ts'
import { readArguments, refuseArguments } from '../read-arguments.ts'
import { systemClock } from '../time.ts'

// Restores a backup while the shop is stopped.

const USAGE = `npm run restore -- FILE [--replace-newer N]
  FILE               A file that npm run backup has made.
  --replace-newer N  Replace the database that is here. N is the number of payments that exist only there, as the first run says.`

const STEPS: Record<RestoreStep, string> = {
  unpacking: 'Unpacking the backup, and comparing it with its manifest …',
  comparing: 'Comparing it with the database that is here …',
}

const UNKNOWN = 'unknown'

try {
  const { file, newer } = readChoice()
  const restored = await restoreBackup({
    ...backupTerms(loadConfigWithoutUrl(), systemClock.now()),
    file,
    decide: (replaced, manifest) => decide(replaced, manifest, newer),
    onStep: (step) => process.stderr.write(`${STEPS[step]}\n`),
  })
  if (restored) process.stdout.write(`${describe(restored)}\n`)
  else process.exitCode = 1
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}

function readChoice(): { file: string; newer: string | undefined } {
  const { values, positionals } = readArguments(USAGE, { 'replace-newer': { type: 'string' } }, 1)
  const [file] = positionals
  if (file === undefined) return refuseArguments(USAGE, 'Which backup?')
  return { file, newer: values['replace-newer'] }
}

/** Shows what would be replaced, and says whether to go on. */
function decide(replaced: Replaced | undefined, manifest: Manifest, newer: string | undefined): boolean {
  if (!replaced) return true
  process.stdout.write(`${compare(replaced, manifest)}\n`)
  const expected = String(replaced.payments ?? UNKNOWN)
  if (newer === expected) return true
  const wrong = newer === undefined ? '' : `You wrote --replace-newer ${newer}, but that is not the number. `
  process.stdout.write(
    `${wrong}Nothing was changed. To go on, run the same command with --replace-newer ${expected}\n`,
  )
  return false
}

function compare({ orders, payments, obstacle }: Replaced, { madeAt, counts }: Manifest): string {
  const backup = `The backup of ${new Date(madeAt).toISOString()} has ${countOf(counts.orders, 'order')} and ${countOf(counts.payments, 'payment')}.`
  const only =
    payments === undefined
      ? 'Which orders and payments exist only in the database here can’t be read.'
      : `${countOf(orders, 'order')} and ${countOf(payments, 'payment')} exist only in the database here.`
  const what =
    obstacle === undefined
      ? 'They will be copied into the restored database, and so will everything else that exists only there.'
      : `Nothing of that can be copied back, because of this: ${obstacle}. What came after the backup is lost to the shop. Payments of orders that the backup has are found at once, by polling. Webhooks for other orders that Code still delivers appear on the desk as orphaned. The database is set aside, so you can still look into it.`
  return `${backup}\n${only} ${what}`
}

function describe({ manifest, aside, copied, polled, sandbox }: RestoredBackup): string {
  return [
    `Restored: the database as of ${new Date(manifest.madeAt).toISOString()}.`,
    ...(copied > 0
      ? [`${countOf(copied, 'row')} that only the former database had, or had newer, were copied back.`]
      : []),
    ...(aside ? [`The former database is in ${aside}. Delete it once you don’t need it any more.`] : []),
    ...(sandbox?.kept ? ['The sandbox’s state here is newer, and stays.'] : []),
    ...(sandbox?.aside ? [`The former sandbox is in ${sandbox.aside}.`] : []),
    `${countOf(polled, 'unpaid payment request')} will be polled as soon as the shop runs. Start the shop now.`,
  ].join('\n')
}
