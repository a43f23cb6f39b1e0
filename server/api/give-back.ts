import { type CountedCall, DatabaseUnavailable, giveCallBack } from '../../db/index.ts'
import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'

const TRIED_EVERY_MS = 5 * SECOND_MS

/**
 * Gives back a call that the shop itself couldn't answer, or tries again until the database is there. Returns whether it was
 * given back at once. A call with an idempotency key isn't tried again: it can be repeated, without being counted.
 */
export async function giveBack(shop: Shop, call: CountedCall): Promise<boolean> {
  try {
    await giveCallBack(shop.db, call, shop.clock.now())
    return true
  } catch (err) {
    if (!(err instanceof DatabaseUnavailable)) throw err
    shop.log.warn({ err, order: call.order }, 'a call that failed could not be given back yet')
    if (!call.idempotency) owe(shop, call)
    return false
  }
}

/** Gives back what could not be given back before. Each call is given back once, also if it is unknown whether it was already. */
export async function giveBackOwed(shop: Shop): Promise<void> {
  const { api } = shop
  clearTimeout(api.timer)
  api.timer = undefined
  const owed = [...api.owed]
  api.owed.clear()
  await Promise.all(owed.map((call) => giveBack(shop, call)))
}

function owe(shop: Shop, call: CountedCall): void {
  shop.api.owed.add(call)
  shop.api.timer ??= setTimeout(() => {
    giveBackOwed(shop).catch((err) => shop.log.error({ err }, 'a call could not be given back'))
  }, TRIED_EVERY_MS).unref()
}
