import type { Express } from 'express'
import { createSandboxApp } from './app.ts'
import type { Clock, SandboxEvent } from './events.ts'
import { openKey } from './key.ts'
import { createSequencer } from './sequencer/index.ts'
import { openState } from './state/index.ts'
import { createWallet } from './wallet/index.ts'
import { createCourier } from './webhooks/index.ts'

export { SandboxError } from './errors.ts'

const KEPT = 100_000

export interface SandboxOptions {
  /** Folder for the key and the state, or `:memory:` to forget both */
  data: string
  /** Milliseconds since 1970 UTC; the system's clock if left out */
  clock?: Clock
  /** Address under which people and programs reach it, without trailing slash: `http://127.0.0.1:3030/sandbox` */
  baseUrl: string
  /** Origins that may post to its pages and to which the wallet may return; their host names are the known hosts */
  origins: readonly string[]
  /** May webhooks be posted there? */
  allowsWebhookTo(url: URL): boolean
  /** For logs: request accepted, payment approved, attempt made … */
  onEvent?(event: SandboxEvent): void
  /** How many requests, and how many deliveries, are remembered; the oldest are dropped. 100,000 if left out */
  keep?: number
  /** How many times faster than Code's the retries of webhooks go, so that 25 hours pass in seconds. 1 if left out */
  retrySpeed?: number
}

export interface Sandbox {
  /** Mounted by the host under any path */
  handler: Express
  /** base58 */
  publicKey: string
  /** Begins delivering webhooks that are due, by itself, until close(). */
  start(): void
  /** Makes every attempt that is due by the clock now; resolves when all are answered and recorded. */
  deliverDue(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a Code Sequencer on your own machine, with a wallet full of pretended money. It speaks Code's wire protocol,
 * signs webhooks with a key of its own and delivers them on Code's schedule. Throws SandboxError.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    data,
    clock = { now: Date.now },
    allowsWebhookTo,
    onEvent: report = () => {},
    keep = KEPT,
    retrySpeed = 1,
  } = options
  const key = openKey(data)
  const state = openState(data, keep)
  const courier = createCourier({ deliveries: state.deliveries, clock, allowsWebhookTo, report, retrySpeed })
  const sequencer = createSequencer({ requests: state.requests, clock, report, allowsWebhookTo })
  const wallet = createWallet({ state, key, courier, clock, report })
  const { publicKey } = key
  const { start, deliverDue } = courier
  return {
    handler: createSandboxApp({ ...options, sequencer, wallet, state, publicKey, report }),
    publicKey,
    start,
    deliverDue,
    async close() {
      await courier.close()
      state.close()
    },
  }
}
