/** By name, so that a command which says what is wrong loads nothing for that. */
const MERCHANTS_TO_FIX: readonly string[] = [
  'AssetsMissing',
  'BackupError',
  'CannotListen',
  'CatalogError',
  'ConfigError',
  'DatabaseRefused',
  'DatabaseUnavailable',
  'SandboxError',
  'StartError',
]

/** What a command says about the error that ends it. What the merchant can fix has a message; a stack would only obscure it. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return MERCHANTS_TO_FIX.includes(error.name) ? error.message : (error.stack ?? error.message)
}
