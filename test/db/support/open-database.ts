import { openDatabase } from '../../../db/index.ts'

// Opens a database and closes it again, or says why not: open-database.ts <url>
const [url = ''] = process.argv.slice(2)
try {
  const database = await openDatabase({ url, mode: 'sandbox' })
  await database.close()
  process.stdout.write('opened\n')
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`)
}
