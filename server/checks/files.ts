import type { Stats } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isPostgres, locateDatabase } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { once } from '../once.ts'
import { judgeBackup } from './backup.ts'
import { fileSystemOf, readMounts, statIfThere } from './file-system.ts'
import type { Subject } from './subject.ts'

const LITTLE_BYTES = 1_000_000_000
const LITTLE_SHARE = 0.05
const NOTHING_BYTES = 50_000_000

/** The disk under the database, who may read its files, and the last backup. */
export async function checkFiles(subject: Subject): Promise<Finding[]> {
  const { config } = subject
  const folder = isPostgres(config.databaseUrl) ? undefined : findFolder(locateDatabase(config.databaseUrl))
  return [
    ...(folder === undefined
      ? []
      : [
          {
            check: 'disk-space',
            lookedAt: `Free space on the disk of ${folder}`,
            ...(await judgeSpace(folder)),
          },
          {
            check: 'file-system',
            lookedAt: `The file system of ${folder}`,
            ...judgeFileSystem(fileSystemOf(folder, readMounts())),
          },
        ]),
    { check: 'rights', lookedAt: 'Who may read the shop’s files', ...judgeRights(config) },
    { check: 'backup', lookedAt: 'The last backup', ...(await judgeBackup(subject)) },
  ]
}

/** Returns the nearest folder that is there: before the first start, the database's own isn't. */
function findFolder(file: string): string {
  const folder = dirname(file)
  return statIfThere(folder) || folder === dirname(folder) ? folder : findFolder(folder)
}

async function judgeSpace(folder: string): Promise<Found> {
  const { bavail, blocks, bsize } = await statfs(folder)
  const [free, share] = [bavail * bsize, bavail / blocks]
  const left = `${gigabytes().format(free / 1e9)} (${percent().format(share)}) are free.`
  const todo = 'Delete what is not needed, or move the database to a larger disk.'
  if (free < NOTHING_BYTES)
    return broken(`${left} When the disk is full, nothing can be sold, and no payment can be recorded.`, todo)
  if (free < LITTLE_BYTES || share < LITTLE_SHARE)
    return lookAtThis(
      `${left} When the disk is full, nothing can be sold, and payments are recorded only after there is space again.`,
      todo,
    )
  return fine(left)
}

const gigabytes = once(
  () => new Intl.NumberFormat('en', { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 2 }),
)
const percent = once(() => new Intl.NumberFormat('en', { style: 'percent' }))

const NETWORK =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|glusterfs|lustre|ncpfs|davfs|virtiofs|fuse\..*|vboxsf|drvfs)$/
const IN_MEMORY = /^(?:tmpfs|ramfs)$/
const OF_CONTAINER = /^(?:overlay|aufs|unionfs|fuse-overlayfs|fuse\.fuse-overlayfs)$/

/** Judges by what `/proc/self/mountinfo` calls it. */
export function judgeFileSystem(type: string | undefined): Found {
  if (type === undefined)
    return couldNotCheck('This system does not say. SQLite needs a disk of this machine, not of a network.')
  if (OF_CONTAINER.test(type))
    return broken(
      `It is ${type}, the changing layer of a container. When the container is made anew, as for each update, all orders and payments are gone.`,
      'Mount a volume for the folder data/.',
    )
  if (IN_MEMORY.test(type))
    return broken(
      `It is ${type}, which is in memory. After a restart of this machine, all orders and payments are gone.`,
      'Put the database on a disk.',
    )
  if (NETWORK.test(type))
    return broken(
      `It is ${type}, which belongs to a network or to another system. SQLite’s locks do not hold there, so that payments can be lost and the file can be damaged.`,
      'Put the database on a disk of this machine, or use PostgreSQL: docs/databases.md.',
    )
  return fine(`It is ${type}, of this machine.`)
}

/** Secrets are in these: client secrets of unpaid orders, tokens, signing keys. */
function judgeRights(config: Config): Found {
  if (process.platform === 'win32') return couldNotCheck('On Windows, this check does not know.')
  const { databaseUrl, sandboxFolder, backups } = config
  const database = isPostgres(databaseUrl)
    ? []
    : ['', '-wal', '-shm'].map((end) => `${locateDatabase(databaseUrl)}${end}`)
  const files = ['.env', ...database, join(sandboxFolder, 'key.pem'), backups.folder]
  const found = files.flatMap((path) => {
    const file = statIfThere(path)
    return file ? [{ path, file }] : []
  })
  if (found.length === 0) return fine('There are none yet.')
  const open = found.filter(({ file }) => rightsOfOthers(file) !== undefined)
  const unwritable = found.filter(({ path, file }) => database.includes(path) && (file.mode & 0o200) === 0)
  if (unwritable.length > 0)
    return broken(
      `${list(unwritable)} cannot be written, so nothing can be sold, and no payment can be recorded.`,
      `chmod u+w ${list(unwritable)}`,
    )
  if (open.length > 0)
    return lookAtThis(
      `${describeRights(open)} Secrets are in there, with which others could open what buyers have paid for.`,
      `chmod o= ${list(open)}`,
    )
  return fine('Only their owner and, where you have decided so, their group.')
}

const RIGHTS = ['read', 'change', 'read and change', 'open'] as const

function rightsOfOthers(file: Stats): (typeof RIGHTS)[number] | undefined {
  const [mayRead, mayChange] = [(file.mode & 0o004) > 0, (file.mode & 0o002) > 0]
  if (mayRead && mayChange) return 'read and change'
  if (mayRead || mayChange) return mayRead ? 'read' : 'change'
  return file.isDirectory() && (file.mode & 0o001) > 0 ? 'open' : undefined
}

function describeRights(open: readonly { path: string; file: Stats }[]): string {
  return RIGHTS.flatMap((right) => {
    const files = open.filter(({ file }) => rightsOfOthers(file) === right)
    return files.length === 0 ? [] : [`Everybody on this machine can ${right} ${list(files)}.`]
  }).join(' ')
}

function list(found: readonly { path: string }[]): string {
  return found.map(({ path }) => path).join(' ')
}
