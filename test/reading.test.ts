import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { functionsIn } from '../scripts/support/functions.js'
import { isRenamed } from '../scripts/support/own-project.js'
import { followReading, sumUp } from '../scripts/support/reading.js'
import { aFolder } from './support/workplace.ts'

const PAGE = 'docs/reading.md'

describe('the way of a payment', () => {
  const stops = followReading(PAGE)

  test('is at most 450 lines in at most ten files of server/', () => {
    const { lines, files } = sumUp(stops, 'server/')
    expect(lines).toBeGreaterThan(100)
    expect(lines).toBeLessThanOrEqual(450)
    expect(files.length).toBeLessThanOrEqual(10)
  })

  test('opens each file once, those of server/ and those of db/', () => {
    const { files, openings } = sumUp(stops, '')
    expect(openings).toBe(files.length)
  })

  test('leads to no file without naming what to read there', () => {
    const page = join(aFolder(), 'page.md')
    writeFileSync(page, 'See [sender.ts](../server/code/sender.ts).')
    expect(() => followReading(page)).toThrow('names no function in [sender.ts](../server/code/sender.ts)')
  })

  test.each(isRenamed() ? [PAGE] : [PAGE, 'README.md'])('is as long as %s says', (document) => {
    const about = (folder: string) => Math.round(sumUp(stops, folder).lines / 50) * 50
    expect(readFileSync(document, 'utf8').replace(/\s+/g, ' ')).toContain(
      `about ${about('server/')} lines in ten files of \`server/\` and about ${about('db/queries/')} in five of \`db/queries/\``,
    )
  })

  test('runs statements of at most five files of db/queries/', () => {
    expect(sumUp(stops, 'db/queries/').files.length).toBeLessThanOrEqual(5)
  })
})

describe('the code of server/ and db/', () => {
  const paths = ['server', 'db']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\.(ts|js)$/.test(path))
  const functions = paths.flatMap((path) => functionsIn(path).map((one) => ({ path, ...one })))

  test('is flat: fewer than 15 % of all functions are declared inside another', () => {
    expect(functions.length).toBeGreaterThan(300)
    expect(functions.filter(({ isNested }) => isNested).length / functions.length).toBeLessThan(0.15)
  })

  test('has no function longer than 60 lines', () => {
    expect(functions.filter(({ lines }) => lines > 60)).toEqual([])
  })

  test('has no file longer than 200 lines, but for tables of data', () => {
    const long = paths.filter((path) => readFileSync(path, 'utf8').trimEnd().split('\n').length > 200)
    expect(long.filter((path) => !/^server\/(texts\/|web\/problems\.ts$)/.test(path))).toEqual([])
  })
})
