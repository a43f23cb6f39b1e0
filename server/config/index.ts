export { publicKey } from './addresses.ts'
export { ConfigError } from './config-error.ts'
export { loadEnvFile } from './env-file.ts'
export { type Config, readConfig } from './read-config.ts'
