import { createInterface } from 'node:readline'
import { DatabaseUnavailable } from '../errors.ts'
import { type ClientProgram, runClientProgram } from './client-programs.ts'

/** psql while it runs, with the lines that it prints. */
export interface Psql {
  program: ClientProgram
  lines: AsyncIterator<string>
}

/** Starts psql, which ends at the first statement that fails. */
export function openPsql(environment: Record<string, string>): Psql {
  const args = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1']
  const program = runClientProgram('psql', args, environment)
  return { program, lines: createInterface(program.child.stdout)[Symbol.asyncIterator]() }
}

const DONE = 'nickel: done'

/** Runs statements, and returns what psql prints about them. Throws DatabaseUnavailable. */
export async function ask({ program, lines }: Psql, script: string): Promise<string[]> {
  program.child.stdin.write(`${script}\n\\echo '${DONE}'\n`)
  const printed: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done) {
      await program.ended
      throw new DatabaseUnavailable('psql ended before it was finished')
    }
    if (value === DONE) return printed
    if (value !== '') printed.push(value)
  }
}

/** Runs the last statement, and waits for psql to end. */
export async function end(session: Psql, statement: string): Promise<void> {
  await ask(session, statement)
  session.program.child.stdin.end()
  await session.program.ended
}
