import type { Server } from 'node:http'
import type { Express } from 'express'
import { createSandboxApp } from './app.ts'
import type { Clock, Remedies, SandboxEvent } from './events.ts'
import { createFaults } from './faults/index.ts'
import { openKey } from './key.ts'
import { createSequencer } from './sequencer/index.ts'
import { openState, type State } from './state/index.ts'
import { createSockets, createStreams, type Streams } from './streams/index.ts'
import { createTraces } from './trace/index.ts'
import { createWallet } from './wallet/index.ts'
import { createDeliveryWorker } from './webhooks/index.ts'

export { SandboxError } from './errors.ts'

const KEPT = 100_000
const STREAM_CHECK_MS = 1_000

/** How others know the sandbox. */
export interface Addresses {
  /** Address for people and programs, without a trailing slash: `http://127.0.0.1:3030/sandbox` */
  baseUrl: string
  /** Origins whose pages may change something; their host names are the ones that are served */
  origins: readonly string[]
  /**
   * Origins whose pages may embed the button's frames, and to which the wallet may return: `*` stands for any port, as in
   * `http://127.0.0.1:*`. The `origins` if left out
   */
  shops?: readonly string[]
  /** Returns the language of the shop around it, for visitors whose own it doesn't speak. English if left out */
  language?(): string | undefined
}

export interface SandboxOptions extends Addresses {
  /** Folder for the key and the state, or `:memory:` to store neither */
  data: string
  /** The system's clock if left out */
  clock?: Clock
  /** Measures how long streams are open. The `clock` if only that is given; otherwise one that is never set */
  stopwatch?: Clock
  /** Whether webhooks may be sent to a URL */
  allowsWebhookTo(url: URL): boolean
  remedies?: Remedies
  /**
   * Whether deliveries and traces, which show what a webhook's receiver answers, are for requests from this machine only.
   * False if left out
   */
  hidesDeliveries?: boolean
  /** Called with each event for the log: request accepted, payment approved, attempt made … */
  onEvent?(event: SandboxEvent): void
  /** How many requests, and how many deliveries, are stored before the oldest are dropped. 100,000 if left out */
  keep?: number
  /** How many times faster than Code the sandbox retries webhooks, so that 25 hours pass in seconds. 1 if left out */
  retrySpeed?: number
}

export interface Sandbox {
  /** The host can mount it under any path. */
  handler: Express
  /** Makes a handler for other addresses of the same sandbox, such as those after a tunnel has got another name. */
  handlerAt(addresses: Addresses): Express
  /** base58 */
  publicKey: string
  /** Accepts a server's WebSockets at the endpoint under `path`: '' or, if it is mounted there, '/sandbox'. */
  attach(server: Server, path: string): void
  /** Starts to deliver webhooks and to end old streams, until close(). */
  start(): void
  /** Makes every attempt that is due now, and resolves once all of them have been recorded. */
  deliverDue(): Promise<void>
  /** Ends the streams that are older than a minute. */
  endOldStreams(): void
  /** Ends all streams and accepts no more: a server that is closing would wait for them. */
  endStreams(): void
  close(): Promise<void>
}

/**
 * Opens a Code Sequencer on your own machine, with a test wallet. It speaks Code's wire protocol, signs webhooks with a key
 * of its own and delivers them on Code's schedule. Throws a SandboxError.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    data,
    clock = { now: Date.now },
    stopwatch = options.clock ?? { now: () => performance.now() },
    allowsWebhookTo,
    remedies = {},
    hidesDeliveries = false,
    onEvent = () => {},
    keep = KEPT,
    retrySpeed = 1,
  } = options
  const key = openKey(data)
  const state = openState(data, keep)
  const traces = createTraces({ lines: state.lines, clock, report: onEvent })
  const report = traces.record
  const streams = createStreams({ state, stopwatch, report })
  const deliveries = notifyingStreams(state, streams)
  const faults = createFaults(retrySpeed, () => deliveryWorker.reschedule())
  const deliveryWorker = createDeliveryWorker({ deliveries, clock, allowsWebhookTo, report, faults })
  const sequencer = createSequencer({ requests: state.requests, clock, report, allowsWebhookTo, remedies })
  const sockets = createSockets({ sequencer, streams, faults, stopwatch, report })
  const wallet = createWallet({ state, key, deliveryWorker, faults, streams, clock, report })
  const { publicKey } = key
  let streamCheck: NodeJS.Timeout | undefined

  function endOldStreams(): void {
    streams.endOld()
    sockets.endOld()
  }

  const parts = {
    sequencer,
    wallet,
    state,
    faults,
    traces,
    publicKey,
    allowsWebhookTo,
    remedies,
    hidesDeliveries,
    report,
  }
  const handlerAt = ({ baseUrl, origins, shops = origins, language = () => undefined }: Addresses) =>
    createSandboxApp({ ...parts, baseUrl, origins, shops, language })

  let handler: Express | undefined // made only if it is used, because it takes memory

  return {
    get handler() {
      handler ??= handlerAt(options)
      return handler
    },
    handlerAt,
    publicKey,
    attach: sockets.attach,
    start() {
      deliveryWorker.start()
      streamCheck ??= setInterval(endOldStreams, STREAM_CHECK_MS).unref()
    },
    deliverDue: deliveryWorker.deliverDue,
    endOldStreams,
    endStreams: sockets.endAll,
    async close() {
      clearInterval(streamCheck)
      await Promise.all([sockets.close(), deliveryWorker.close()])
      traces.close()
      state.close()
    },
  }
}

/** Updates an intent's stream after an attempt: the webhook was called, and a delayed message may be due. */
function notifyingStreams({ deliveries }: State, streams: Streams): State['deliveries'] {
  return {
    ...deliveries,
    record(attempt, ...outcome) {
      deliveries.record(attempt, ...outcome)
      const intent = deliveries.intentOf(attempt.delivery)
      if (intent !== null) streams.update(intent)
    },
  }
}
