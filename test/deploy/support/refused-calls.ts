import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { STRACE } from '../../support/strace.ts'

/** The program, with arguments, under which every system call fails that belongs to a group which the unit refuses. */
export function asTheUnitRefuses(): string[] {
  const unit = readFileSync('deploy/systemd/nickel.service', 'utf8')
  const [, groups = ''] = /^SystemCallFilter=~(.*)$/m.exec(unit) ?? []
  const calls = groups.split(' ').flatMap(callsOf)
  const refused = calls.map((call) => `?${call}`).join(',') // with ?, other machines' calls may be unknown
  return [...STRACE, '-o', '/dev/null', '-e', `inject=${refused}:error=EPERM`]
}

/** All system calls of a group, such as `@resources`, which may contain other groups. */
function callsOf(group: string): string[] {
  const { stdout } = spawnSync('systemd-analyze', ['syscall-filter', '--no-pager', group], {
    encoding: 'utf8',
  })
  const names = stdout.split('\n').flatMap((line) => /^ +([@\w-]+)$/.exec(line)?.[1] ?? [])
  return names.flatMap((name) => (name.startsWith('@') ? callsOf(name) : name))
}
