#!/usr/bin/env bash
# One would guess that `maxFiles: 2` leaves the last two files of a log. winston-daily-rotate-file deletes only what is in a list of
# its own, a hidden file whose name is a hash of the transport's options. With another level, for a day of searching an error, or a
# changed size, the list is a new one, and the files of the old one stay for as long as it has that level. Files of another program,
# or of an earlier set of options, are never deleted. The README has each half of it, in the rows of two options. So personal data
# that a shop promises to delete after two weeks stays. What helps: `auditFile` with a fixed name, or `find -mtime +14 -delete`
# beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund winston@3.19.0 winston-daily-rotate-file@5.0.0 > /dev/null

cat > try.mjs << 'JS'
import { mkdirSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import winston from 'winston'
import DailyRotateFile from 'winston-daily-rotate-file'
// a file each second instead of each day; four of them
async function run(dirname, options) {
  const transport = new DailyRotateFile({ dirname, filename: '%DATE%.log', datePattern: 'YYYY-MM-DD-HH-mm-ss', maxFiles: 2, ...options })
  const logger = winston.createLogger({ transports: [transport] })
  for (let i = 0; i < 4; i++) {
    logger.info('paid')
    await wait(1100)
  }
  const done = new Promise((resolve) => transport.on('finish', resolve))
  logger.end()
  await done
  return readdirSync(dirname).filter((file) => file.endsWith('.log')).length
}
for (const [folder, name, options] of [['hash', 'by default', {}], ['named', 'with auditFile', { auditFile: 'list.json' }]]) {
  mkdirSync(folder)
  const files = []
  for (const level of ['info', 'debug', 'verbose']) files.push(`${await run(folder, { ...options, level })} at ${level}`)
  console.log(`files of two, ${name}: ${files.join(', ')}`)
}
JS
echo 'winston-daily-rotate-file 5.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'files of two, by default: 2 at info, 4 at debug, 6 at verbose
files of two, with auditFile: 2 at info, 2 at debug, 2 at verbose' ]
