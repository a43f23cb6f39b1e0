import { expect, test } from '@jest/globals'
import { localDays } from '../../server/summaries/index.ts'

const hoursOf = (now: number, timeZone: string, count: number) =>
  localDays(now, timeZone, count).map(({ date, fromQuarter, toQuarter }) => [
    date,
    new Date(fromQuarter * 900_000).toISOString().slice(0, 16),
    (toQuarter - fromQuarter) / 4,
  ])

test('days of UTC begin at midnight', () => {
  expect(hoursOf(Date.UTC(2026, 2, 1, 0, 0), 'UTC', 2)).toEqual([
    ['2026-02-28', '2026-02-28T00:00', 24],
    ['2026-03-01', '2026-03-01T00:00', 24],
  ])
})

test('a day is shorter when clocks are put forward, and longer when they are put back', () => {
  expect(hoursOf(Date.UTC(2026, 2, 9, 12), 'America/New_York', 3)).toEqual([
    ['2026-03-07', '2026-03-07T05:00', 24],
    ['2026-03-08', '2026-03-08T05:00', 23],
    ['2026-03-09', '2026-03-09T04:00', 24],
  ])
  expect(hoursOf(Date.UTC(2026, 9, 25, 12), 'Europe/Berlin', 1)).toEqual([
    ['2026-10-25', '2026-10-24T22:00', 25],
  ])
})

test('a zone may be a quarter hour off, or half an hour', () => {
  expect(hoursOf(Date.UTC(2026, 0, 1, 18, 20), 'Asia/Kathmandu', 1)).toEqual([
    ['2026-01-02', '2026-01-01T18:15', 24],
  ])
  expect(hoursOf(Date.UTC(2026, 3, 5, 12), 'Australia/Lord_Howe', 1)).toEqual([
    ['2026-04-05', '2026-04-04T13:00', 24.5],
  ])
})

test('a day of which midnight is left out begins an hour later', () => {
  expect(hoursOf(Date.UTC(2026, 3, 24, 12), 'Africa/Cairo', 1)).toEqual([
    ['2026-04-24', '2026-04-23T22:00', 23],
  ])
})

test.each(['Pacific/Kiritimati', 'Etc/GMT+12', 'Pacific/Apia', 'Africa/Casablanca', 'Asia/Beirut'])(
  'the days of a year follow one another in %s',
  (timeZone) => {
    const days = localDays(Date.UTC(2026, 11, 31, 12), timeZone, 365)
    for (const [index, day] of days.entries()) {
      expect(day.toQuarter - day.fromQuarter).toBeGreaterThanOrEqual(23 * 4)
      if (index > 0) expect(day.fromQuarter).toBe(days[index - 1]?.toQuarter)
    }
  },
)
