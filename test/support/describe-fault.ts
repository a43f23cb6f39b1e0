/** The line and the message with which a product file is rejected; `none` if it isn't. */
export function describeFault(parse: () => unknown): string {
  try {
    parse()
  } catch (error) {
    const { line, message } = error as Error & { line: number }
    return `${line}: ${message}`
  }
  return 'none'
}
