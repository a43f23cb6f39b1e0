/** Reports an invalid configuration; the message has a line for each error. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
