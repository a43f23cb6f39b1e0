import { existsSync } from 'node:fs'
import {
  type Config,
  ConfigError,
  isLoopback,
  isTemporary,
  loadEnvFile,
  PUBLIC_URL_FILE,
  readConfig,
} from '../config/index.ts'
import { broken, type Finding, fine, lookAtThis } from '../finding.ts'

/** The environment with the settings of the env file, the configuration that it makes, and what was found about both. */
export interface Settings {
  /** Undefined if there are errors */
  config: Config | undefined
  findings: Finding[]
}

const NOT_STARTING = 'The shop does not start with it, so nothing can be sold.'

/** Reads the settings as the start does, but leaves the process's environment as it is. */
export function checkSettings(
  env: Record<string, string | undefined>,
  envPath = '.env',
  publicUrlFile = PUBLIC_URL_FILE,
): Settings {
  const all = { ...env }
  const file = describe('env-file', envPath, () => {
    loadEnvFile(all as NodeJS.ProcessEnv, envPath)
    return existsSync(envPath)
      ? fine('Every line can be read.')
      : fine('There is none, so the settings are those of the environment, and otherwise the defaults.')
  })
  if (file.verdict === 'broken') return { config: undefined, findings: [file] }
  let config: Config | undefined
  const settings = describe('configuration', 'The settings', () => {
    config = readConfig(all, publicUrlFile)
    return fine(
      config.mode === 'live'
        ? `They are valid. Live mode: buyers pay real money to ${config.destination}. Compare that with the deposit address in your Code app: nobody can undo a payment to another one.`
        : 'They are valid. Sandbox mode: all money is test money, and nobody can really pay.',
    )
  })
  return { config, findings: [file, settings, ...(config ? findWarnings(config) : [])] }
}

function describe(
  check: string,
  lookedAt: string,
  look: () => Pick<Finding, 'verdict' | 'meaning' | 'todo'>,
): Finding {
  try {
    return { check, lookedAt, ...look() }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return {
      check,
      lookedAt,
      ...broken(`${error.message}\n${NOT_STARTING}`, 'Correct that, and run this again.'),
    }
  }
}

/** What doesn't work with a configuration that is valid, as findings. */
export function findWarnings(config: Config): Finding[] {
  return adviceAbout(config).map(({ setting, meaning, todo }) => ({
    check: 'configuration',
    lookedAt: setting,
    ...lookAtThis(meaning, todo),
  }))
}

interface Advice {
  setting: string
  meaning: string
  todo: string
}

/** The same as lines for the log of a start. */
export function warningsAbout(config: Config): string[] {
  return adviceAbout(config).map(({ meaning, todo }) => `${meaning} ${todo}`)
}

/** Says what doesn't work with a configuration that is valid. */
function adviceAbout(config: Config): Advice[] {
  const { mode, host, trustProxy } = config
  const publicUrl = config.publicUrl()
  const advice: Advice[] = []
  if (mode === 'live' && !publicUrl)
    advice.push({
      setting: 'PUBLIC_URL',
      meaning: `PUBLIC_URL is not set. Orders are accepted only from pages opened at ${config.url()}, and wallets lead back there.`,
      todo: 'Set PUBLIC_URL to the https address at which buyers open the shop.',
    })
  if (config.webhookUrl() === undefined)
    advice.push({
      setting: 'PUBLIC_URL',
      meaning:
        'Code cannot deliver webhooks without PUBLIC_URL. Payments are found by polling, up to 30 s later.',
      todo: 'Set PUBLIC_URL.',
    })
  // A temporary address is that of npm run live's tunnel, which sets TRUST_PROXY for the shop's own process alone.
  if (publicUrl && !isTemporary(publicUrl) && trustProxy === false)
    advice.push({
      setting: 'TRUST_PROXY',
      meaning:
        'PUBLIC_URL is set, but TRUST_PROXY is not. Behind a proxy or tunnel, all buyers share one IP address and one rate limit.',
      todo: 'Set TRUST_PROXY=loopback for a proxy or tunnel on this machine, or to the proxy’s address.',
    })
  if (typeof trustProxy === 'number' && !isLoopback(host))
    advice.push({
      setting: 'TRUST_PROXY',
      meaning:
        'TRUST_PROXY is a number, and HOST can be reached from other machines. A client that connects directly can choose the IP address that the shop sees.',
      todo: 'Set TRUST_PROXY to the proxy’s address.',
    })
  if (mode === 'live' && config.exportToken !== undefined && config.adminToken === undefined)
    advice.push({
      setting: 'EXPORT_TOKEN',
      meaning:
        'EXPORT_TOKEN opens /metrics only, because ADMIN_TOKEN is not set. Exports are part of the merchant’s desk, which this shop does not have.',
      todo: 'Set ADMIN_TOKEN as well.',
    })
  return advice
}
