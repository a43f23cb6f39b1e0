import type Sqlite from 'better-sqlite3'
import type { Commits } from './commits.ts'

export type Balances = ReturnType<typeof createBalances>

/** Returns the functions for the test users' balances, in whole kin. */
export function createBalances(db: Sqlite.Database, { alone }: Commits) {
  const open = db.prepare('INSERT INTO balances VALUES (@user, @kin) ON CONFLICT (user) DO NOTHING')
  const find = db.prepare('SELECT kin FROM balances WHERE user = @user')
  const spend = db.prepare('UPDATE balances SET kin = kin - @kin WHERE user = @user AND kin >= @kin')
  const add = db.prepare('UPDATE balances SET kin = MIN(kin + @kin, @most) WHERE user = @user')

  return {
    /** Sets a user's initial balance, unless they have one. */
    open: alone((user: string, kin: number): void => {
      open.run({ user, kin })
    }),

    find: (user: string): number | undefined => (find.get({ user }) as { kin: number } | undefined)?.kin,

    /** Returns false, and takes nothing, if the balance is too small. */
    spend: alone((user: string, kin: number): boolean => spend.run({ user, kin }).changes === 1),

    add: alone((user: string, kin: number): void => {
      add.run({ user, kin, most: Number.MAX_SAFE_INTEGER })
    }),
  }
}
