import Sqlite from 'better-sqlite3'

// A process that keeps a database locked for a while: hold-lock.ts <file> <milliseconds>
const [path = '', milliseconds] = process.argv.slice(2)
const file = new Sqlite(path)
file.exec('BEGIN IMMEDIATE')
process.stdout.write('locked\n')
setTimeout(() => file.exec('COMMIT'), Number(milliseconds))
