import { scopeOfEndpoint } from '../../../db/index.ts'
import * as z from '../../zod.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { anyPrice } from './rules.ts'

const MOST_CALLS = 1_000_000

/** The parts of the shop's API that can be sold: `/api/<endpoint>`. server/api/endpoints.ts says what each answers. */
const ENDPOINTS = ['search'] as const

export type Endpoint = (typeof ENDPOINTS)[number]

/** Calls of an endpoint, for programs. The text after `<!-- more -->` is for their owner, on the page of the paid order. */
export const api: Kind = {
  name: 'api',
  noun: 'an API product',
  fields: {
    price: anyPrice,
    endpoint: z.enum(ENDPOINTS, `must be ${ENDPOINTS.join(' or ')}: that is what this shop can answer`),
    calls: z
      .int('must be a whole number of calls, like 100')
      .min(1, 'must be at least 1')
      .max(MOST_CALLS, `must be at most ${MOST_CALLS}`),
  },
  canBuyAgain: true,
  readGoods,
  grants: ({ calls }) =>
    calls ? [{ scope: scopeOfEndpoint(calls.endpoint), days: null, calls: calls.count }] : [],
  label: (_product, { kinds }) => kinds.api.label,
  gets: ({ calls }, { kinds }) => (calls ? [kinds.api.gets(calls.count), `GET /api/${calls.endpoint}`] : []),
  words: ({ kinds }) => kinds.api,
  isOpenedByPasses: false,
  usedAt: '/api-keys',
  isText: false,
  previewFades: false,
}

function readGoods(fields: Record<string, unknown>, { before, after = [] }: ProductFile): Goods {
  const { endpoint, calls } = fields as { endpoint: Endpoint; calls: number }
  return { preview: before, paid: [], thanks: after, facts: { calls: { endpoint, count: calls } } }
}
