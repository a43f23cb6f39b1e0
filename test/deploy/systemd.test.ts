import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { testUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'
import { NO_SYSTEMD } from './support/supervised-shop.ts'

const SERVICE = readFileSync('deploy/systemd/nickel.service', 'utf8')
const SOCKET = readFileSync('deploy/systemd/nickel.socket', 'utf8')
const MOST_EXPOSED = 2.0 // of 10; systemd calls up to 4 "OK"

const testWithSystemd = testUnless(NO_SYSTEMD)

testWithSystemd(
  'systemd finds nothing wrong with the units, and little that they could do to the machine',
  () => {
    const folder = aFolder()
    const files = [join(folder, 'nickel.service'), join(folder, 'nickel.socket')] as const
    writeFileSync(files[0], SERVICE.replace('/usr/bin/node', process.execPath)) // wherever this machine has it
    writeFileSync(files[1], SOCKET)
    // Units of Debian's own packages may cause warnings as well.
    const { stderr } = analyze('verify', ...files)
    expect(stderr.split('\n').filter((line) => /nickel/.test(line))).toEqual([])
    const { stdout } = analyze('security', '--offline=true', files[0])
    const [, exposure = ''] = /Overall exposure level for nickel\.service: ([\d.]+)/.exec(stdout) ?? []
    expect(Number(exposure)).toBeGreaterThan(0)
    expect(Number(exposure)).toBeLessThanOrEqual(MOST_EXPOSED)
  },
)

test('memory may be executed: V8 compiles at run time', () => {
  expect(SERVICE).not.toMatch(/^MemoryDenyWriteExecute/m)
})

test('a shop that can’t start yet is started again until it can: it fails faster than systemd’s default limit allows', () => {
  const { Restart, StartLimitIntervalSec } = settingsOf(SERVICE)
  expect([Restart, StartLimitIntervalSec]).toEqual(['on-failure', '0'])
})

test('the shop has no settings or data that the commands, run by hand, would not find', () => {
  expect(SERVICE).not.toMatch(/^(?:EnvironmentFile|PassEnvironment|DynamicUser|Root\w+|Bind\w+)=/m)
  const { User, Group, StateDirectory, WorkingDirectory } = settingsOf(SERVICE)
  const [install = '', commands = '', backups = ''] = shellBlocks('systemd')
  expect(install).toContain(`cd ${WorkingDirectory} && npm ci`)
  expect(install).toMatch(new RegExp(`^useradd --system --user-group .* ${User}$`, 'm'))
  expect(install).toContain(`install -d -o ${User} -g ${Group} -m 0700 /var/lib/${StateDirectory}\n`)
  expect(install).toContain(`ln -sT /var/lib/${StateDirectory} data\n`)
  expect(install).toMatch(
    new RegExp(
      `^npm run live -- --no-start .*\\n[\\s\\S]*^chown root:${Group} \\.env && chmod 0640 \\.env$`,
      'm',
    ),
  )
  expect(commands).toMatch(
    new RegExp(`^cd ${WorkingDirectory}\n(?:sudo -u ${User} npm run (?:doctor|backup|desk)\n){3}$`),
  )
  expect(backups).toContain(`install -d -o ${User} -g ${Group} `)
  expect(backups).toContain('ReadWritePaths=')
})

test('whoever stops both units for a restore is told how to start them again', () => {
  for (const page of ['docs/going-live.md', 'docs/backups.md'])
    expect(readFileSync(page, 'utf8')).toMatch(
      /`systemctl stop (nickel\.socket nickel\.service)`[\s\S]*`systemctl start \1`/,
    )
})

testWithSystemd('systemd finds nothing wrong with the unit of a tunnel either', () => {
  const file = join(aFolder(), 'nickel-tunnel.service')
  const [, unit = ''] = /^```ini\n([\s\S]*?)^```$/m.exec(readFileSync('docs/going-live.md', 'utf8')) ?? []
  writeFileSync(file, unit.replace('/usr/bin/cloudflared', process.execPath)) // which is here
  const { stderr } = analyze('verify', file)
  expect([unit, stderr.split('\n').filter((line) => /nickel/.test(line))]).toEqual([
    expect.stringContaining('[Service]'),
    [],
  ])
})

function settingsOf(unit: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** The commands in a section of docs/going-live.md. */
function shellBlocks(section: string): string[] {
  const [, text = ''] = readFileSync('docs/going-live.md', 'utf8').split(`\n## ${section}\n`)
  const [inSection = ''] = text.split('\n## ', 1)
  return [...inSection.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
}

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', [...args, '--no-pager'], { encoding: 'utf8' })
}
