import { type DatabaseLook, findBlockedFolder, type LastBackup } from '../../db/index.ts'
import { isChosenFolder } from '../config/index.ts'
import { couldNotCheck, type Found, fine, lookAtThis } from '../finding.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts'
import { statIfThere } from './file-system.ts'
import type { Subject } from './subject.ts'

const OLD_MS = 7 * DAY_MS
const GRACE = 2 // a backup is late once twice its interval is over
const AHEAD_MS = MINUTE_MS // clocks of several machines differ by less

/** Judges whether a backup can be made, and whether the last one is there and recent. */
export async function judgeBackup({ config, clock, database }: Subject): Promise<Found> {
  const look = await database().catch(() => undefined) // what is wrong with it is said elsewhere
  const { everyMs, folder } = config.backups
  if (!look) return couldNotCheck('There is no database yet, or it cannot be opened.')
  if (config.mode === 'sandbox') return fine('Test money needs none.')
  const obstacle = await judgeFolder(folder)
  if (obstacle) return obstacle
  const todo = howToMakeOne(look, everyMs)
  if (!look.lastBackup)
    return lookAtThis(
      'There is none. If this disk breaks, all orders are lost, and buyers lose what they have paid for.',
      todo,
    )
  const age = clock.now() - look.lastBackup.madeAt
  const made = describe(look.lastBackup, age)
  if (age < -AHEAD_MS)
    return lookAtThis(
      `${made} That is in the future: this machine’s clock was ahead then, or is behind now. What was sold since may not be in it.`,
      todo,
    )
  if (!statIfThere(look.lastBackup.file))
    return lookAtThis(
      `${made} That file is not there now. If it was lost, and this disk breaks, all orders are lost.`,
      `If you have moved it elsewhere, all is well. Otherwise: ${todo}`,
    )
  if (age > (everyMs === undefined ? OLD_MS : GRACE * everyMs))
    return lookAtThis(`${made} What was sold since then would be lost with this disk.`, todo)
  const own = look.lastAutomaticBackup // none yet: the first one comes seconds after the start
  const ownAge = own ? clock.now() - own.madeAt : 0
  if (everyMs !== undefined && own && ownAge > GRACE * everyMs)
    return lookAtThis(
      `${made} But the last one that the shop made by itself was made ${inWords(ownAge)} ago: ${own.file}.`,
      'If the shop is running, its log says why it makes none.',
    )
  return fine(made)
}

/** Returns what keeps backups from being made in their folder. */
async function judgeFolder(folder: string): Promise<Found | undefined> {
  if (isChosenFolder(folder) && !statIfThere(folder)?.isDirectory())
    return lookAtThis(
      `BACKUP_FOLDER is ${folder}, and there is no such folder, so no backup can be made there.`,
      'Correct BACKUP_FOLDER, mount its disk, or make the folder with mkdir.',
    )
  const blocked = await findBlockedFolder(folder)
  return blocked === undefined
    ? undefined
    : lookAtThis(
        `No backup can be made in ${folder}. ${blocked}`,
        'Follow that advice, then run npm run backup.',
      )
}

function howToMakeOne({ sharesConnections }: DatabaseLook, everyMs: number | undefined): string {
  if (sharesConnections)
    return 'Backups can’t be made through the connection pooler. Leave BACKUP_EVERY unset, and let cron run npm run backup with the server’s own address in DATABASE_URL: docs/backups.md.'
  const bySelf = everyMs === undefined ? '. BACKUP_EVERY=1d lets the shop make one each day' : ''
  return `Run npm run backup, and keep the file on another machine${bySelf}.`
}

function describe({ file, madeAt }: LastBackup, age: number): string {
  return age < -AHEAD_MS
    ? `It is dated ${new Date(madeAt).toISOString()}: ${file}.`
    : `It was made ${inWords(age)} ago: ${file}.`
}

function inWords(ms: number): string {
  const hours = Math.round(ms / HOUR_MS)
  if (hours < 1) return 'less than an hour'
  return hours < 48 ? `${hours} h` : `${Math.round(ms / DAY_MS)} days`
}
