import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { execute, findMirror } from './machine.ts'

const IMAGE = /^node:(\d+)-([a-z]+)-slim$/

/** Makes what a `node:24-trixie-slim` contains: that Debian, and that Node with npm. Packages are kept in `cache`. */
export function makeBaseImage(image: string, cache: string, target: string): void {
  const [, version, suite] = IMAGE.exec(image) ?? []
  if (!version || !suite) throw new Error(`${image} is not an image like node:24-trixie-slim.`)
  const packages = join(cache, 'debs')
  mkdirSync(packages, { recursive: true })
  const options = ['--variant=minbase', `--cache-dir=${packages}`]
  // It mounts what the packages' own scripts need. In a namespace, nothing of that stays behind if it is interrupted.
  execute('unshare', ['--mount', '/usr/sbin/debootstrap', ...options, suite, target, findMirror()])
  const node = provideNode(version, cache)
  cpSync(join(node, 'bin/node'), join(target, 'usr/local/bin/node'))
  installNpm(join(node, 'npm'), target)
}

/** Returns a folder with `bin/node` and `npm/`, both from the npm registry. */
function provideNode(version: string, cache: string): string {
  const folder = join(cache, `node-${version}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(join(unfinished, 'packages'), { recursive: true })
  // The release itself, as a package of its own: `node` only chooses one for the machine.
  const platform = `node-linux-${process.arch}`
  writeFileSync(join(unfinished, 'packages/package.json'), '{"private": true}')
  const wanted = [`${platform}@${version}`, 'npm@11']
  execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
    cwd: join(unfinished, 'packages'),
  })
  const modules = join(unfinished, 'packages/node_modules')
  mkdirSync(join(unfinished, 'bin'))
  renameSync(join(modules, platform, 'bin/node'), join(unfinished, 'bin/node'))
  renameSync(join(modules, 'npm'), join(unfinished, 'npm'))
  rmSync(join(unfinished, 'packages'), { recursive: true })
  renameSync(unfinished, folder)
  return folder
}

function installNpm(npm: string, target: string): void {
  const modules = join(target, 'usr/local/lib/node_modules')
  mkdirSync(modules, { recursive: true })
  cpSync(npm, join(modules, 'npm'), { recursive: true, verbatimSymlinks: true })
  for (const name of ['npm', 'npx']) {
    chmodSync(join(modules, `npm/bin/${name}-cli.js`), 0o755)
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(target, 'usr/local/bin', name))
  }
  if (!readdirSync(join(modules, 'npm')).includes('package.json')) throw new Error('npm is incomplete.')
}
