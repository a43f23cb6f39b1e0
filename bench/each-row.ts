/** Measures row after row. One that fails is reported and makes the exit code 1, but takes away nothing of the others. */
export async function eachRow<T>(
  names: readonly string[],
  measure: (name: string) => Promise<T[]>,
): Promise<T[]> {
  const results: T[] = []
  for (const name of names) {
    try {
      results.push(...(await measure(name)))
    } catch (error) {
      process.stderr.write(`${name} failed: ${(error as Error).stack}\n`)
      process.exitCode = 1
    }
  }
  return results
}
