/** Undoes everything, last first, also what comes after something that fails. Throws what failed, or an AggregateError of several. */
export async function undoAll(undoings: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = []
  for (const undo of undoings.toReversed()) {
    try {
      await undo()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('; '))
  if (errors.length === 1) throw errors[0]
}
