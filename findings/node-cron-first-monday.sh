#!/usr/bin/env bash
# One would guess that five fields of cron mean the same to whoever runs them. In cron, a day of the month and a day of the week
# are joined by "or" if both are given: `0 9 1-7 * 1` is each of the first seven days, and each Monday. croner, cron and
# cron-parser keep to that. node-cron joins them by "and", which is the first Monday of the month, as the README says in a note.
# So a job that was moved from one to the other runs once a month instead of ten times or so, or a monthly statement is sent ten
# times. What helps: croner's option `domAndDow`, or `0 9 * * 1#1`, which is the first Monday to all but cron.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cron@4.4.0 cron-parser@5.10.6 croner@11.0.1 node-cron@4.6.0 > /dev/null

cat > try.mjs << 'JS'
import { CronTime } from 'cron'
import { CronExpressionParser } from 'cron-parser'
import { Cron } from 'croner'
import nodeCron from 'node-cron'
const tz = 'UTC'
const many = (next) => Array.from({ length: 40 }, next)
const scheduled = {
  croner: (expression) => new Cron(expression, { timezone: tz }).nextRuns(40),
  'croner, domAndDow': (expression) => new Cron(expression, { timezone: tz, domAndDow: true }).nextRuns(40),
  'cron-parser': (expression) => {
    const runs = CronExpressionParser.parse(expression, { tz })
    return many(() => runs.next().toDate())
  },
  cron: (expression) => {
    const time = new CronTime(expression, tz)
    let at = new Date()
    return many(() => (at = time.getNextDateFrom(at, tz).toJSDate()))
  },
  'node-cron': (expression) => {
    const task = nodeCron.schedule(expression, () => {}, { timezone: tz })
    const runs = task.getNextRuns(40)
    task.destroy()
    return runs
  },
}
// Runs begin with the present, so only what holds in every month is looked at.
for (const expression of ['0 9 1-7 * 1', '0 9 * * 1#1']) {
  for (const [name, list] of Object.entries(scheduled)) {
    let said
    try {
      const runs = list(expression)
      const first = runs.every((run) => run.getUTCDate() < 8 && run.getUTCDay() === 1)
      const either = runs.some((run) => run.getUTCDate() > 7) && runs.some((run) => run.getUTCDay() !== 1)
      said = first ? 'first Mondays' : either ? 'first seven days, and Mondays' : 'something else'
    } catch (error) {
      said = error.message
    }
    console.log(`${expression}, ${name}: ${said}`)
  }
}
JS
echo 'node-cron 4.6.0, croner 11.0.1, cron 4.4.0, cron-parser 5.10.6'
node try.mjs | tee seen
[ "$(cat seen)" = '0 9 1-7 * 1, croner: first seven days, and Mondays
0 9 1-7 * 1, croner, domAndDow: first Mondays
0 9 1-7 * 1, cron-parser: first seven days, and Mondays
0 9 1-7 * 1, cron: first seven days, and Mondays
0 9 1-7 * 1, node-cron: first Mondays
0 9 * * 1#1, croner: first Mondays
0 9 * * 1#1, croner, domAndDow: first Mondays
0 9 * * 1#1, cron-parser: first Mondays
0 9 * * 1#1, cron: Field (dayOfWeek) cannot be parsed
0 9 * * 1#1, node-cron: first Mondays' ]
