#!/usr/bin/env bash
# One would guess that a job of each night runs each night. With node-cron, what is due at 2:30 doesn't run in the night of
# March in which the clocks go from 2:00 to 3:00: no backup, no statement, and no message, as nothing was missed. systemd's
# timers leave the night out as well; croner and cron run the job at 3:00. In October, when an hour comes twice, a job of each
# half hour pauses for 90 minutes with the former two, while the others run it in both hours. node-cron's README has the pause
# of autumn, not the lost night. What helps: UTC, or an hour of the night that no country skips.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts node-cron@4.6.0 croner@11.0.1 cron@4.4.0 \
  @sinonjs/fake-timers@15.5.0 > /dev/null
apt-get download -qq systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
systemd=usr/lib/x86_64-linux-gnu/systemd

cat > try.mjs << 'JS'
import { install } from '@sinonjs/fake-timers'
import { CronJob } from 'cron'
import { Cron } from 'croner'
import nodeCron from 'node-cron'
const timezone = 'Europe/Berlin'
const libraries = {
  'node-cron': (job, run) => nodeCron.schedule(job, run, { timezone }),
  croner: (job, run) => new Cron(job, { timezone }, run),
  cron: (job, run) => CronJob.from({ cronTime: job, onTick: run, start: true, timeZone: timezone }),
}
const options = { timeZone: timezone, hour: 'numeric', minute: 'numeric', timeZoneName: 'shortOffset' }
const format = new Intl.DateTimeFormat('en-GB', options)
const spans = [['30 2 * * *', '2026-03-28T12:00+01:00', 24], ['*/30 * * * *', '2026-10-25T01:10+02:00', 3]]
for (const [job, start, hours] of spans) {
  for (const [name, schedule] of Object.entries(libraries)) {
    const clock = install({ now: new Date(start) })
    const runs = []
    const task = schedule(job, () => runs.push(format.format(Date.now())))
    await clock.tickAsync(hours * 3_600_000)
    task.stop()
    clock.uninstall()
    console.log(`${job}, ${name}, ${hours} hours from ${start}: ${runs.join(', ') || 'never'}`)
  }
}
JS
echo "node-cron $(node -p 'JSON.parse(fs.readFileSync("node_modules/node-cron/package.json")).version')"
# timer SCHEDULE TIME: when a timer of systemd is due next, in UTC
timer() {
  echo "$1, systemd, in UTC: $(TZ=Europe/Berlin LC_ALL=C LD_LIBRARY_PATH=$systemd \
    usr/bin/systemd-analyze calendar --iterations=4 --base-time="$2" "$1" |
    sed -n 's/:00 UTC//; s/.*(in UTC): ... [0-9]*-//p' | paste -sd ,)"
}
{
  node try.mjs
  timer '02:30' '2026-03-28 12:00'
  timer '*:0/30' '2026-10-25 01:10'
} | tee seen
[ "$(cat seen)" = '30 2 * * *, node-cron, 24 hours from 2026-03-28T12:00+01:00: never
30 2 * * *, croner, 24 hours from 2026-03-28T12:00+01:00: 03:00 GMT+2
30 2 * * *, cron, 24 hours from 2026-03-28T12:00+01:00: 03:00 GMT+2
*/30 * * * *, node-cron, 3 hours from 2026-10-25T01:10+02:00: 01:30 GMT+2, 02:00 GMT+1, 02:30 GMT+1, 03:00 GMT+1
*/30 * * * *, croner, 3 hours from 2026-10-25T01:10+02:00: 01:30 GMT+2, 02:00 GMT+2, 02:30 GMT+2, 02:00 GMT+1, 02:30 GMT+1, 03:00 GMT+1
*/30 * * * *, cron, 3 hours from 2026-10-25T01:10+02:00: 01:30 GMT+2, 02:00 GMT+2, 02:30 GMT+2, 02:00 GMT+1, 02:30 GMT+1, 03:00 GMT+1
02:30, systemd, in UTC: 03-30 00:30,03-31 00:30,04-01 00:30,04-02 00:30
*:0/30, systemd, in UTC: 10-24 23:30,10-25 00:00,10-25 00:30,10-25 02:00' ]
