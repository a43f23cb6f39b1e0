import { parseIntentId } from '../code/index.ts'

const ORDER_ID = /^[0-9a-f]{12}(-[0-9a-f]{4,12}){5}$/

/** Parses the id of an order, its own or one of its intents'. Throws intent-malformed. */
export function parseOrderId(text: string): string {
  return ORDER_ID.test(text) ? text : parseIntentId(text)
}
