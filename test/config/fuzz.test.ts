import { expect, test } from '@jest/globals'
import dotenv from 'dotenv'
import fc from 'fast-check'
import { ConfigError } from '../../server/config/index.ts'
import { parseEnvText } from '../../server/config/parse-env-text.ts'
import { fuzzing } from '../support/fuzz.ts'

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 3_000 })

// biome-ignore format: several a line
const piece = fc.constantFrom(
  'A', 'B', 'A=', 'B=', 'A = ', 'A: ', 'A:', 'export ', 'export', '=', ':', '"', "'", '`', '\\"', "\\'", '\\', '\\n', '#', ' #', '# ', ' ', '\t', '\u00A0', '\uFEFF',
  'x', 'MY ', 'é', '=x', '\n', '\n', '\r\n', '\r', '\nA=', '\nB=', '\nC="', '"\n', '__proto__=', 'A.b-C_1=', '1=', '$A',
)
const file = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''))

function parse(text: string): Record<string, string> | ConfigError {
  try {
    return parseEnvText(text, '.env')
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

test(
  `an env file that is accepted means what dotenv reads in it, and each of its lines counts (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    const accepted = new Set<string>()
    fc.assert(
      fc.property(file, (text) => {
        const parsed = parse(text)
        if (parsed instanceof ConfigError) return
        accepted.add(text)
        expect(parsed).toEqual(dotenv.parse(text))
        const isComment = (line: string) => /^\s*(#|$)/.test(line)
        if (Object.keys(parsed).length === 0) expect(text.split(/[\r\n]/).every(isComment)).toBe(true)
      }),
      run,
    )
    expect(accepted.size).toBeGreaterThan(0)
  },
  TIMEOUT_MS,
)

const secret = 'hunter2'
const line = fc.constantFrom(
  secret,
  `A=${secret}`,
  `B="${secret}`,
  `C='${secret}' ${secret}`,
  `D=#${secret}`,
  `E F=${secret}`,
  `G: ${secret}`,
  `H:${secret}`,
  `I="a\n${secret}"`,
  `J="\\"${secret}"`,
  `K=\0${secret}`,
)

test(
  `an env file that is rejected is rejected without showing a value (SEED=${SEED} RUNS=${RUNS})`,
  () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const parsed = parse(lines.join('\n'))
        if (parsed instanceof ConfigError) expect(parsed.message).not.toContain(secret)
      }),
      run,
    )
  },
  TIMEOUT_MS,
)
