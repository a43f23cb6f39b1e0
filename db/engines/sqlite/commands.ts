/** What is done to a database file while no shop, or another process, has it open: backups, and looks at it. */
export { findBlockedFolder } from './blocked.ts'
export { copySqlite, copySqliteFile, isIntactSqlite } from './copy.ts'
export { findRealPath } from './file-identity.ts'
export { giveToOwnerOf, makeFolder, syncFolder } from './files.ts'
export { lockFolder } from './folder-lock.ts'
export { findInSqlite, noteInSqlite } from './last-backup.ts'
export { lookAtSqlite } from './look.ts'
export { restoreSqlite } from './restore.ts'
