import { fileURLToPath } from 'node:url'
import type { Database } from '../db/index.ts'
import { type Catalog, codeRulesOf, identityOf, openCatalog } from './catalog/index.ts'
import { type Code, openCode } from './code/index.ts'
import type { Config } from './config/index.ts'
import type { ErrorCode } from './errors.ts'
import { noFailures } from './failures.ts'
import type {
  ApiCalls,
  ExpectedProbes,
  GoneProducts,
  LastExamination,
  LiveOrders,
  Polling,
  Repeats,
  Sellers,
  UnwrittenRejections,
  WrongCodes,
  WrongTokens,
} from './memory.ts'
import type { Seldom } from './seldom.ts'
import { newTally, type Tally } from './tally.ts'
import { en } from './texts/index.ts'
import type { Clock } from './time.ts'
import { type Assets, type Logger, type Notices, openAssets, openViews, type Views } from './web/index.ts'

const VIEWS = fileURLToPath(new URL('../views', import.meta.url))
const BUILT = fileURLToPath(new URL('../public/built', import.meta.url))

/** Everything that a shop's functions need, built once when it starts and passed to them first. */
export interface Shop {
  config: Config
  db: Database
  code: Code
  catalog: Catalog
  clock: Clock
  log: Logger
  assets: Assets
  views: Views
  notices: Notices
  polling: Polling
  repeats: Repeats
  /** Warnings about rejected deliveries, by the reason */
  rejectionWarnings: Seldom<ErrorCode>
  /** Warnings about requests that were refused because something the shop needs is unavailable */
  refusals: Seldom<ErrorCode>
  tally: Tally
  live: LiveOrders
  gone: GoneProducts
  sellers: Sellers
  api: ApiCalls
  unwrittenRejections: UnwrittenRejections
  wrongCodes: WrongCodes
  wrongTokens: WrongTokens
  probes: ExpectedProbes
  examination: LastExamination
}

/** Builds the shop. `publicKeys`: the sequencer's, base58. Throws AssetsMissing, CatalogError. */
export async function openShop({
  publicKeys,
  ...given
}: Pick<Shop, 'config' | 'db' | 'clock' | 'log'> & { publicKeys: readonly string[] }): Promise<Shop> {
  const { clock, log } = given
  const reload = !given.config.production
  const assets = openAssets({ folder: BUILT, reload })
  const sandboxed = given.config.mode === 'sandbox'
  const notices: Notices = new Map()
  const { catalogFolder: folder, timeZoneSet: timeZone } = given.config
  const codeRules = codeRulesOf({ ...given.config, publicKeys })
  const catalog = openCatalog({ folder, timeZone, codeRules, reload, clock, log, notices })
  const config = inItsTimeZone(given.config, catalog)
  return {
    ...given,
    config,
    code: await openCode(config.endpoint, publicKeys, log),
    catalog,
    assets,
    views: openViews({
      folder: VIEWS,
      reload,
      shared: openShared(catalog, { sandboxed, asset: assets.asset, texts: en }),
      notices: sandboxed ? notices : undefined,
    }),
    notices,
    polling: {
      looks: new Map(),
      orders: new Map(),
      round: { beganAt: Number.NEGATIVE_INFINITY, polls: 0, looksOf: new Map() },
      lastRoundAt: Number.NEGATIVE_INFINITY,
      otherClocks: { examinedAt: Number.NEGATIVE_INFINITY, after: undefined, isAhead: false },
      webhookUrl: undefined,
      limitsStored: undefined,
      failures: noFailures(),
    },
    repeats: { inFlight: new Map(), logged: new Map() },
    rejectionWarnings: new Map(),
    refusals: new Map(),
    tally: newTally(),
    live: { streams: new Set(), timer: undefined, recent: new Map(), isFailing: false, isStopped: false },
    api: { forgotAt: Number.NEGATIVE_INFINITY, owed: new Set(), timer: undefined },
    gone: {
      lookedAt: catalog.contents,
      holders: new Map(),
      countedOn: undefined,
      looking: Promise.resolve(),
      timer: undefined,
    },
    sellers: { named: [], noted: undefined, timer: undefined },
    unwrittenRejections: { counts: new Map(), timer: undefined },
    wrongCodes: new Map(),
    wrongTokens: { count: 0, waiting: 0, lastAt: 0, warnings: new Map() },
    probes: new Map(),
    examination: { report: undefined },
  }
}

/** The catalogue may name the time zone instead of the environment, and change it while the shop runs. */
function inItsTimeZone(config: Config, catalog: Catalog): Config {
  return Object.freeze({
    ...config,
    get timeZone() {
      return identityOf(catalog).timeZone ?? config.timeZone
    },
  })
}

/** What every template can use, with the identity of the moment: a new object when that has changed. */
function openShared(catalog: Catalog, fixed: object): () => object {
  let shared = { ...fixed, identity: identityOf(catalog) }
  return () => {
    const identity = identityOf(catalog)
    if (identity !== shared.identity) shared = { ...fixed, identity }
    return shared
  }
}
