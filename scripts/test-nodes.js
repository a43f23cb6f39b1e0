import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Runs the tests on every version of Node that the shop supports. Arguments that are versions select some, all others go
 * to the tests: npm run test:nodes -- 24 26 test/db
 * Each version is installed from npm with a copy of the project, because packages are compiled for one version. Both are
 * kept, so that later runs only copy what has changed; to get newer releases of Node, delete the folder.
 */
const VERSIONS = ['20.19', '22', '24', '26']
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nickel-nodes')
const NPM = process.env.npm_execpath ?? ''

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const args = process.argv.slice(2)
const chosen = args.filter((arg) => VERSIONS.includes(arg))
const forTests = args.filter((arg) => !VERSIONS.includes(arg))
const failed = (chosen.length > 0 ? chosen : VERSIONS).filter((version) => !passesOn(version))
if (failed.length > 0) console.error(`The tests failed on Node ${failed.join(', ')}.`)
process.exitCode = failed.length

/** @param {string} version */
function passesOn(version) {
  const node = provideNode(version)
  const project = provideProject(version, node)
  console.error(`\nTesting on Node ${version} …`)
  return runNpm(node, project, ['test', '--', ...forTests])
}

/** @param {string} version @returns the path of its executable */
function provideNode(version) {
  const folder = join(CACHE, version, 'node')
  const node = join(folder, 'node_modules/node/bin/node')
  if (existsSync(node)) return node
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
  if (!runNpm(process.execPath, folder, ['install', `node@${version}`]) || !existsSync(node))
    throw new Error(`npm could not install Node ${version}.`)
  return node
}

/** @param {string} version @param {string} node @returns the folder of a copy whose packages are installed for this Node */
function provideProject(version, node) {
  const folder = join(CACHE, version, 'project')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (!name.startsWith('node_modules')) rmSync(join(folder, name), { recursive: true })
  for (const file of listFiles()) cpSync(file, join(folder, file))
  const lock = readFileSync('package-lock.json', 'utf8')
  const installed = join(folder, 'node_modules/.installed')
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    if (!runNpm(node, folder, ['ci'])) throw new Error(`npm ci failed on Node ${version}.`)
    writeFileSync(installed, lock)
  }
  return folder
}

/** Lists what Git has or would add, as far as it is still there. */
function listFiles() {
  const options = ['-z', '--cached', '--others', '--exclude-standard']
  const { status, stdout } = spawnSync('git', ['ls-files', ...options], { encoding: 'utf8' })
  if (status !== 0) throw new Error('The project must be a clone: git ls-files failed.')
  return stdout.split('\0').filter((file) => file !== '' && existsSync(file))
}

/** @param {string} node @param {string} cwd @param {string[]} args @returns whether npm succeeded */
function runNpm(node, cwd, args) {
  const platform = `node-${process.platform}-${process.arch}`
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    npm_config_nodedir: join(dirname(node), '../node_modules', platform), // its headers; node-gyp would download them
  }
  return spawnSync(node, [NPM, ...args], { cwd, env, stdio: 'inherit' }).status === 0
}
