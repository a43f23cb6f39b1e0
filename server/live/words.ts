import type { SettingChanges } from '../config/index.ts'
import { SECOND_MS } from '../time.ts'
import type { Way } from './answers.ts'
import { BEFORE_LIVE } from './env-file.ts'
import { describeChange } from './settings.ts'

// What the command says, in the order in which it is said.

export function settingsWritten(
  changed: string[],
  changes: SettingChanges,
  name: string | undefined,
): string {
  const lines = changed.map((setting) => `  ${describeChange(setting, changes[setting])}`)
  const written = `Written to .env (npm run live -- --undo brings back the old one, which is in ${BEFORE_LIVE}):`
  return [
    ...(lines.length > 0 ? [written, ...lines] : ['.env has all settings already.']),
    ...(name === undefined ? [] : [`Written to catalog/shop.yaml: name: ${name}`]),
  ].join('\n')
}

// npm start runs no tunnel.
const STARTED_BY: Record<Way['kind'], string> = {
  domain: 'npm start',
  tunnel: 'npm run live -- --yes --mode live',
  try: 'npm run live -- --yes --mode live --try',
}

export function howToStart(kind: Way['kind']): string {
  return `To open the shop, run: ${STARTED_BY[kind]}`
}

export function tunnelStarts(version: string): string {
  return `Starting the tunnel (cloudflared ${version}) …`
}

export function tunnelConnected(url: string): string {
  return `The tunnel is connected: ${url}`
}

export function shopStarts(): string {
  return 'Starting the shop …'
}

export function checksStart(): string {
  return 'Looking at the shop from outside. A new address may take half a minute …'
}

export function unreachable(url: string): string {
  return `The shop doesn’t answer at ${url}, so nobody can buy there yet. A new name may take some minutes until it is known everywhere. If it stays like this, see docs/going-live.md.`
}

export function shopIsOpen(
  { url, isTrial, isFit }: { url: string; isTrial: boolean; isFit: boolean },
  code: string | undefined,
): string {
  return [
    '',
    isFit
      ? `The shop is open for real money: ${url}`
      : `The shop runs at ${url}. What is broken above keeps buyers from paying, so fix it before you sell.`,
    ...(code === undefined ? [] : ['', code]),
    '',
    ...(isTrial ? [TRIAL, ''] : []),
    'Your sales are at your desk. In another terminal, npm run desk prints a link that signs you in.',
    'To close the shop, press Ctrl-C.',
    '',
  ].join('\n')
}

const TRIAL = `This address is for trying, not for selling. It is gone as soon as you close the shop, and the next one is another:
what buyers have bought here stays behind with it. To sell, run npm run live with an address of your own.`

export function tunnelLost(errors: readonly string[], pauseMs: number): string {
  const seconds = Math.ceil(pauseMs / SECOND_MS)
  return [
    `The tunnel has ended, so buyers can’t reach the shop. It is started again in ${seconds} s.`,
    ...errors.map((error) => `  ${error.trim()}`),
  ].join('\n')
}

export function addressNotWritten({ message }: Error, pauseMs: number): string {
  const seconds = Math.ceil(pauseMs / SECOND_MS)
  return [
    `The tunnel is connected again, but the shop doesn’t know its address yet, because that can’t be written. The next try is in ${seconds} s.`,
    `  ${message}`,
  ].join('\n')
}

export function addressChanged(url: string, code: string | undefined): string {
  return [
    '',
    `The tunnel is connected again, and the shop has another address: ${url}`,
    ...(code === undefined ? [] : ['', code]),
    '',
    'Buyers who came by the old address are strangers here. The desk lists their orders, with links for them.',
    '',
  ].join('\n')
}

export function shopStops(): string {
  return 'Closing the shop: requests in progress are finished first.'
}

export function shopEnded(how: number | string): string {
  return `The shop has ended (${typeof how === 'number' ? `exit code ${how}` : how}). Its log above says why.`
}

export function tunnelCloses(): string {
  return 'Closing the tunnel …'
}

export function undone(): string {
  return `.env is as it was before the first npm run live. What it was until now is in .env.after-live. If the shop is running, restart it.`
}
