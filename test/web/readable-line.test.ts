import { expect, test } from '@jest/globals'
import { toReadable } from '../../server/web/readable-line.ts'

const line = (entry: object) => toReadable(JSON.stringify({ time: '2026-01-01T12:30:05.000Z', ...entry }))

test('on a terminal, a line of the log is readable, and can’t control it', () => {
  expect(line({ level: 40, msg: 'a fault', path: '/x', seconds: 3 })).toBe(
    '12:30:05 WARN  a fault (path: /x, seconds: 3)\n',
  )
  expect(line({ level: 50, alert: true, msg: 'look' })).toBe('12:30:05 ALERT look\n')
  expect(line({ level: 50, msg: 'bug', err: { stack: 'Error: x\n    at y' } })).toBe(
    '12:30:05 ERROR bug\nError: x\n    at y\n',
  )
  expect(line({ level: 30, msg: 'x\x1b[2J', path: '/\x07\x9b' })).toBe('12:30:05 INFO  x[2J (path: /)\n')
})
