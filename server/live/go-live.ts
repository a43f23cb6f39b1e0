import { join } from 'node:path'
import {
  type Config,
  forgetPublicUrl,
  PUBLIC_URL_FILE,
  type SettingChanges,
  writePublicUrl,
} from '../config/index.ts'
import type { Answers } from './answers.ts'
import { assertDatabaseFits } from './assert-database.ts'
import { changeEnvFile, type EnvFile } from './env-file.ts'
import { type Cloudflared, findCloudflared } from './find-cloudflared.ts'
import { assertIsFree } from './free-port.ts'
import { keepTunnel, type TunnelNews } from './keep-tunnel.ts'
import { configure, type Settings, settingsFor, settingsOfTrial } from './settings.ts'
import { nameShop, writeNamedShop } from './shop-name.ts'
import { type ShopCommand, startShopProcess } from './shop-process.ts'
import { showLog } from './show-log.ts'
import { startTunnel } from './tunnel.ts'
import * as words from './words.ts'

export const SHOP_YAML = 'catalog/shop.yaml'

/** What the command works with. */
export interface Live {
  answers: Answers
  file: EnvFile
  settings: Settings
  /** What starts the shop; undefined: nothing is to be started */
  command: ShopCommand | undefined
  /** Where the project is */
  folder: string
  /** Whether people read what is said, rather than programs */
  isForPeople: boolean
  /** Prints lines */
  say(text: string): void
  /** Draws an address as a code for phones, if somebody can see it */
  draw(url: string): Promise<string | undefined>
  /** Looks at the shop from outside, and says what it finds. Resolves with whether the shop is fit for real money */
  check(config: Config, signal: AbortSignal): Promise<boolean>
  /** Ends when the merchant wants to stop */
  signal: AbortSignal
}

/** The shop's address at the moment, which a tunnel may change. */
interface Address {
  url: string
  isTrial: boolean
}

/** Writes the settings, starts tunnel and shop, and keeps them running. Resolves with the exit code. Throws LiveError, ConfigError. */
export async function goLive(live: Live): Promise<number> {
  const { answers, settings, command, say } = live
  const { kind } = answers.way
  const changes = settingsFor(answers, settings)
  const config = configure(changes, settings)
  if (command) await assertIsFree(config)
  await assertDatabaseFits(config)
  const cloudflared = command && kind !== 'domain' ? await findCloudflared(settings.inEnvironment) : undefined
  const named = answers.name === undefined ? undefined : nameShop(join(live.folder, SHOP_YAML), answers.name)
  const changed = changeEnvFile(live.file, changes)
  if (named) writeNamedShop(named)
  say(words.settingsWritten(changed, changes, answers.name))
  if (!command) {
    say(words.howToStart(kind))
    return 0
  }
  const running = { ...live, command, changes }
  if (cloudflared) return runWithTunnel(running, config.localUrl, cloudflared)
  return runShop(running, {}, { url: config.url(), isTrial: false })
}

interface Running extends Live {
  command: ShopCommand
  changes: SettingChanges
}

async function runWithTunnel(
  live: Running,
  localUrl: string,
  { path, version }: Cloudflared,
): Promise<number> {
  const { settings, signal, say, answers } = live
  const { way } = answers
  const isTrial = way.kind === 'try'
  const plan = { path, localUrl, named: way.kind === 'tunnel' ? way : undefined, env: settings.inEnvironment }
  say(words.tunnelStarts(version))
  const tunnel = await startTunnel(plan, signal)
  const address = { url: tunnel.url, isTrial }
  if (isTrial) writePublicUrl(address.url, join(live.folder, PUBLIC_URL_FILE))
  say(words.tunnelConnected(address.url))
  const kept = keepTunnel(tunnel, plan, newsOf(live, address))
  try {
    return await runShop(live, isTrial ? settingsOfTrial(settings) : {}, address)
  } finally {
    say(words.tunnelCloses())
    await kept.stop()
    if (isTrial) forgetPublicUrl(address.url, join(live.folder, PUBLIC_URL_FILE))
  }
}

function newsOf({ say, draw, folder }: Live, address: Address): TunnelNews {
  return {
    onLost: (errors, pauseMs) => say(words.tunnelLost(errors, pauseMs)),
    onNotNoted: (error, pauseMs) => say(words.addressNotWritten(error, pauseMs)),
    async onConnected(url) {
      if (url === address.url) return say(words.tunnelConnected(url))
      writePublicUrl(url, join(folder, PUBLIC_URL_FILE))
      address.url = url
      say(words.addressChanged(url, await draw(url)))
    },
  }
}

async function runShop(live: Running, extra: Record<string, string>, address: Address): Promise<number> {
  const { command, settings, changes, say, signal } = live
  say(words.shopStarts())
  const shop = await startShopProcess(
    command,
    { folder: live.folder, env: { ...settings.inEnvironment, ...extra }, signal },
    showLog(say, live.isForPeople),
  )
  try {
    const over = endOfEither(shop.ended, signal)
    const config = configure(changes, settings, extra, join(live.folder, PUBLIC_URL_FILE))
    const isFit = await Promise.race([live.check(config, over), aborted(over).then(() => false)])
    if (!over.aborted) say(words.shopIsOpen({ ...address, isFit }, await live.draw(address.url)))
    await aborted(over)
    say(signal.aborted ? words.shopStops() : words.shopEnded(await shop.ended))
    return signal.aborted ? 0 : 1
  } finally {
    await shop.stop()
  }
}

/** Ends when the shop does, or when the merchant wants to stop. */
function endOfEither(ended: Promise<unknown>, signal: AbortSignal): AbortSignal {
  const over = new AbortController()
  ended.then(() => over.abort())
  return AbortSignal.any([over.signal, signal])
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
