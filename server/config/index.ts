export { ConfigError } from './config-error.ts'
export { loadEnvFile } from './env-file.ts'
export { publicKey } from './environment.ts'
export { type Config, readConfig } from './read-config.ts'
