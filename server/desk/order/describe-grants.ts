import { endpointOf, type Grant, SCOPE_OF_ALL, tagOf } from '../../../db/index.ts'
import { type Reader, wordsOf } from './reader.ts'

/** Says what an order gives besides the product itself: a pass or calls. Empty for nothing of that. */
export function describeGrants(grants: readonly Grant[], reader: Reader): string {
  return grants.flatMap((grant) => describeGrant(grant, reader) ?? []).join(', ')
}

function describeGrant({ scope, days, calls }: Grant, reader: Reader): string | undefined {
  const { facts } = wordsOf(reader)
  const endpoint = endpointOf(scope)
  if (endpoint !== undefined && calls !== null) return facts.givesCalls(endpoint, calls)
  if (days === null) return undefined
  const tag = tagOf(scope)
  if (tag !== undefined) return facts.opensTag(tag, days)
  return scope === SCOPE_OF_ALL ? facts.opensAll(days) : undefined
}
