import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readArguments, refuseArguments } from '../server/read-arguments.ts'

const USAGE = `Runs the property tests for longer than npm test does. Each prints its seed.
  npm run fuzz                    30 seconds for each
  npm run fuzz -- --seconds 300   300 seconds for each
  npm run fuzz -- --runs 100000   100,000 runs of each
  npm run fuzz -- --seed 42       the runs of an earlier seed once more
  npm run fuzz -- webhook         only those with this word in their name`

const text = /** @type {const} */ ({ type: 'string' })
const { values, positionals } = readArguments(
  USAGE,
  { seconds: text, runs: text, seed: text },
  Number.POSITIVE_INFINITY,
)

const { seconds = values.runs ? undefined : '30', runs, seed } = values
for (const [name, given] of Object.entries({ seconds, runs, seed }))
  if (given !== undefined && !/^\d{1,10}$/.test(given))
    refuseArguments(USAGE, `--${name} must be a whole number, not ${given}`)
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
]
const IN_ITS_NAME = 'RUNS=' // of each test that takes its number of runs from test/support/fuzz.ts
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => join('test', name))
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes(IN_ITS_NAME))
const named = `^(?=.*${IN_ITS_NAME}).*(?:${positionals.join('|')})`
const options = ['--coverage=false', '--verbose', '--runInBand', '--testNamePattern', named]
const env = { ...process.env }
if (seconds !== undefined) env.SECONDS = seconds
if (runs !== undefined) env.RUNS = runs
if (seed !== undefined) env.SEED = seed
const { status } = spawnSync(process.execPath, [...jest, ...options, '--runTestsByPath', ...files], {
  stdio: 'inherit',
  env,
})
process.exitCode = status ?? 1
