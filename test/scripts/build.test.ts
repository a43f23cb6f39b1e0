import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { LIKE_ANYBODY } from '../support/like-anybody.ts'
import { runProgram } from '../support/process.ts'
import { until } from '../support/until.ts'
import { aFolder, later } from '../support/workplace.ts'

const BUILDS_TOGETHER_MS = 180_000

/** A project that says when it builds, instead of building. */
function aProject({ hasCompiler }: { hasCompiler: boolean }) {
  const folder = aFolder()
  mkdirSync(join(folder, 'scripts'))
  mkdirSync(join(folder, 'server/checks'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'server/main.ts'), 'one')
  cpSync('scripts/fresh-build.js', join(folder, 'scripts/fresh-build.js'))
  writeFileSync(
    join(folder, 'scripts/build.js'),
    `import { mkdirSync } from 'node:fs'
     import { buildFolder } from './fresh-build.js'
     mkdirSync(buildFolder(), { recursive: true })
     console.error('BUILT')`,
  )
  writeFileSync(
    join(folder, 'server/checks/packages.js'),
    `export const checkPackages = ({ withTools }) => {
       if (withTools && ${!hasCompiler}) process.exit(console.error('typescript is missing') ?? 1)
     }`,
  )
  if (hasCompiler) symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const ensure = `import { ensureBuild } from './scripts/fresh-build.js'; console.log(ensureBuild())`
  const start = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', ensure], { cwd: folder, encoding: 'utf8' })
  return { folder, start, builds: () => readdirSync(join(folder, 'dist')) }
}

describe('a start builds', () => {
  test('when a source has another content, not when it has another time', () => {
    const { folder, start, builds } = aProject({ hasCompiler: true })
    expect(start().stderr).toContain('BUILT')
    utimesSync(join(folder, 'server/main.ts'), 4_000_000_000, 4_000_000_000)
    writeFileSync(join(folder, 'server/.DS_Store'), '')
    writeFileSync(join(folder, 'server/main.ts~'), '')
    expect(start()).toMatchObject({ status: 0, stderr: '' })
    appendFileSync(join(folder, 'server/main.ts'), 'two')
    expect(start().stderr).toContain('BUILT')
    expect(builds()).toHaveLength(2)
  })

  test('nothing without a compiler: it says so, and runs the newest build', () => {
    const { folder, start } = aProject({ hasCompiler: false })
    expect(start()).toMatchObject({ status: 1, stderr: 'typescript is missing\n' })
    for (const [name, time] of [
      ['0'.repeat(16), 2_000],
      ['1'.repeat(16), 1_000],
      ['unfinished', 3_000],
    ] as const) {
      mkdirSync(join(folder, 'dist', name), { recursive: true })
      utimesSync(join(folder, 'dist', name), time, time)
    }
    expect(start()).toMatchObject({
      status: 0,
      stdout: `${join('dist', '0'.repeat(16))}\n`,
      stderr: expect.stringContaining('the compiler is not installed: starting the build of 1970'),
    })
  })
})

test(
  'a shop that runs, and may write nothing there, keeps its files while its folder is built again, by two at once, and unused builds go',
  async () => {
    const folder = aCopy()
    const env = {
      PATH: process.env.PATH ?? '',
      PORT: String(await aFreePort()),
      NODE_ENV: 'production',
      CODE_MODE: 'sandbox',
    }
    const node = (script: string, under: string[] = []) => {
      const [program = '', ...args] = [...under, process.execPath, join(folder, script)]
      const child = spawn(program, args, {
        env,
        stdio: ['ignore', 'pipe', 'inherit'], // as under a service manager, or with `npm start | tee log`
      })
      child.stdout.resume()
      later(() => child.kill('SIGKILL'))
      return { child, ended: new Promise((done) => child.once('exit', done)) }
    }
    writeFileSync(join(folder, 'db/migrations/500_mine.sql'), '')
    expect(
      spawnSync(process.execPath, [join(folder, 'scripts/build.js')], { env, encoding: 'utf8' }),
    ).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^db\/migrations\/500_mine\.sql never runs because of its name\. /),
    })
    execFileSync('chmod', ['-R', 'a-w', join(folder, 'dist')]) // as if another user had built it
    node('scripts/start.js', LIKE_ANYBODY)
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${env.PORT}${path}`)).text()
    await until(() =>
      get('/healthz').then(
        () => true,
        () => false,
      ),
    )
    const [style = ''] = /\/assets\/styles\/[^"]+/.exec(await get('/')) ?? []
    expect(style).toMatch(/\.css$/)
    const css = await get(style)

    appendFileSync(join(folder, 'public/styles/base.css'), 'html { color: red }')
    const [program = '', ...args] = [...LIKE_ANYBODY, process.execPath, join(folder, 'scripts/start.js')]
    expect(spawnSync(program, args, { env, encoding: 'utf8' })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Building .*\nThe build stopped: .* Run npm run build as .*\n$/),
    })
    execFileSync('chmod', ['-R', 'u+w', join(folder, 'dist')])

    appendFileSync(join(folder, 'views/layout.eta'), 'ANOTHER FOOT')
    const unused = join(folder, 'dist', '0'.repeat(16))
    mkdirSync(unused)
    const builds = [node('scripts/build.js'), node('scripts/build.js')]
    expect(await Promise.all(builds.map(({ ended }) => ended))).toEqual([0, 0])
    expect(existsSync(unused)).toBe(false)
    expect(readdirSync(join(folder, 'dist')).filter((name) => name !== 'lock')).toHaveLength(2)
    expect(await get(style)).toBe(css)
    expect(await get('/')).not.toContain('ANOTHER FOOT')
  },
  BUILDS_TOGETHER_MS,
)

test(
  'npm run dev lets the shop end in order by Ctrl-C under npm, which is two signals',
  async () => {
    const PORT = String(await aFreePort())
    const dev = runProgram(process.execPath, [join(aCopy(), 'scripts/dev.js')], aFolder(), { PORT })
    await dev.says('The shop is open')
    await fetch(`http://127.0.0.1:${PORT}/healthz`) // whose connection keeps the shop from ending at once
    dev.child.kill('SIGINT')
    await dev.says('Shutting down')
    dev.child.kill('SIGINT')
    expect(await dev.ended).toBe(0)
    expect(dev.output()).not.toContain('Force killing')
  },
  BUILDS_TOGETHER_MS,
)

test(
  'npm run dev restarts the shop when .env is saved',
  async () => {
    const [PORT, other] = [await aFreePort(), await aFreePort()]
    const folder = aCopy()
    const dev = runProgram(process.execPath, [join(folder, 'scripts/dev.js')], aFolder(), {})
    writeFileSync(join(folder, '.env'), `PORT=${PORT}\n`)
    await dev.says(`http://127.0.0.1:${PORT}`)
    writeFileSync(join(folder, '.env'), `PORT=${other}\n`)
    await dev.says(`http://127.0.0.1:${other}`)
    dev.child.kill('SIGINT')
    expect(await dev.ended).toBe(0)
  },
  BUILDS_TOGETHER_MS,
)

/** The project, as if it had been cloned to another folder, with its packages. */
function aCopy(): string {
  const folder = aFolder()
  for (const name of readdirSync('.', { encoding: 'utf8' }))
    if (!/^(node_modules|dist|data|test|\.git|\.env|coverage)$/.test(name))
      cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}
