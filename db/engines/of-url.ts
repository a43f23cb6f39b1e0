/** Whether a database is on a server, and not in a file of this machine. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}
