/** Each number of what a statement lists is a statement of its own, which is made once, and so prepared once. */
export function byCount(write: (count: number) => string): (count: number) => string {
  const statements: string[] = []
  return (count) => {
    statements[count] ??= write(count)
    return statements[count]
  }
}
