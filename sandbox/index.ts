import type { Server } from 'node:http'
import type { Express } from 'express'
import { createSandboxApp } from './app.ts'
import type { Clock, SandboxEvent } from './events.ts'
import { createFaults } from './faults/index.ts'
import { openKey } from './key.ts'
import { createSequencer } from './sequencer/index.ts'
import { openState, type State } from './state/index.ts'
import { createSockets, createStreams, type Streams } from './streams/index.ts'
import { createTraces } from './trace/index.ts'
import { createWallet } from './wallet/index.ts'
import { createCourier } from './webhooks/index.ts'

export { SandboxError } from './errors.ts'

const KEPT = 100_000
const LOOK_FOR_OLD_STREAMS_MS = 1_000

export interface SandboxOptions {
  /** Folder for the key and the state, or `:memory:` to forget both */
  data: string
  /** Milliseconds since 1970 UTC; the system's clock if left out */
  clock?: Clock
  /** Address under which people and programs reach it, without trailing slash: `http://127.0.0.1:3030/sandbox` */
  baseUrl: string
  /** Origins that may post to its pages; their host names are the known hosts */
  origins: readonly string[]
  /**
   * Whose pages may hold its button frames, and to whom its wallet leads back: origins, with `*` for any port, like
   * `http://127.0.0.1:*`. The `origins` if left out
   */
  shops?: readonly string[]
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
  /** Takes the WebSockets that a server gets at the endpoint under `path`: '' or, where it is mounted, '/sandbox'. */
  attach(server: Server, path: string): void
  /** Begins delivering webhooks that are due, and ending old streams, by itself, until close(). */
  start(): void
  /** Makes every attempt that is due by the clock now; resolves when all are answered and recorded. */
  deliverDue(): Promise<void>
  /** Ends the streams whose minute is over by the clock now. */
  endOldStreams(): void
  /** Ends all streams and takes no more: a server that is about to close would wait for them. */
  endStreams(): void
  close(): Promise<void>
}

/**
 * Opens a Code Sequencer on your own machine, with a wallet full of pretended money. It speaks Code's wire protocol,
 * signs webhooks with a key of its own and delivers them on Code's schedule. Throws SandboxError.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    data,
    shops = options.origins,
    clock = { now: Date.now },
    allowsWebhookTo,
    onEvent = () => {},
    keep = KEPT,
    retrySpeed = 1,
  } = options
  const key = openKey(data)
  const state = openState(data, keep)
  const traces = createTraces({ lines: state.lines, clock, report: onEvent })
  const report = traces.record
  const streams = createStreams({ state, clock, report })
  const deliveries = tellingStreams(state, streams)
  const faults = createFaults(retrySpeed)
  const courier = createCourier({ deliveries, clock, allowsWebhookTo, report, faults })
  const sequencer = createSequencer({ requests: state.requests, clock, report, allowsWebhookTo })
  const sockets = createSockets({ sequencer, streams, faults, clock, report })
  const wallet = createWallet({ state, key, courier, faults, streams, clock, report })
  const { publicKey } = key
  let lookout: NodeJS.Timeout | undefined

  function endOldStreams(): void {
    streams.endOld()
    sockets.endOld()
  }

  return {
    handler: createSandboxApp({
      ...options,
      shops,
      sequencer,
      wallet,
      state,
      faults,
      traces,
      publicKey,
      report,
    }),
    publicKey,
    attach: sockets.attach,
    start() {
      courier.start()
      lookout ??= setInterval(endOldStreams, LOOK_FOR_OLD_STREAMS_MS).unref()
    },
    deliverDue: courier.deliverDue,
    endOldStreams,
    endStreams: sockets.endAll,
    async close() {
      clearInterval(lookout)
      await Promise.all([sockets.close(), courier.close()])
      traces.close()
      state.close()
    },
  }
}

/** An attempt is news for the intent's stream: that the webhook was called, or what was held back until now. */
function tellingStreams({ deliveries }: State, streams: Streams): State['deliveries'] {
  return {
    ...deliveries,
    record(attempt, ...outcome) {
      deliveries.record(attempt, ...outcome)
      const intent = deliveries.intentOf(attempt.delivery)
      if (intent !== null) streams.update(intent)
    },
  }
}
