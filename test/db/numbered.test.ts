import { expect, test } from '@jest/globals'
import { numbered } from '../../db/engines/postgres/numbered.ts'

test('each name gets one number, in the order of the first mentions', () => {
  expect(numbered('SELECT @b, @a WHERE x = @b')).toEqual({
    text: 'SELECT $1, $2 WHERE x = $1',
    names: ['b', 'a'],
  })
})

test.each([`'@quoted'`, `'it''s @quoted'`, `"@column"`, 'x::text', "-- @comment, it's one", 'a @> b'])(
  'what is no parameter stays as it is: %s',
  (sql) => {
    expect(numbered(`${sql}\n, @real`)).toEqual({ text: `${sql}\n, $1`, names: ['real'] })
  },
)

test('nothing named is nothing given', () => {
  expect(numbered('COMMIT')).toEqual({ text: 'COMMIT', names: [] })
})
