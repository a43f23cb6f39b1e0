import {
  type DeskHolder,
  type DeskIntent,
  type DeskOrder,
  type DeskPayment,
  type DeskRefund,
  type DeskRevocation,
  findDeskOrder,
  findHoldersOf,
  findMoneyOf,
  findOtherOrders,
  findTimelineOf,
  type Grant,
  type OrderLink,
  type OtherOrder,
  type TimelineAction,
  type TimelineEvent,
  type TimelineStep,
} from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import { parseOrderId } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'

const SHOWN_OTHERS = 20

/** Everything that the shop knows about an order. */
export interface OrderFacts {
  order: DeskOrder
  intents: DeskIntent[]
  payments: DeskPayment[]
  refunds: DeskRefund[]
  holders: DeskHolder[]
  revocations: DeskRevocation[]
  links: OrderLink[]
  grants: Grant[]
  others: OtherOrder[]
  events: TimelineEvent[]
  steps: TimelineStep[]
  actions: TimelineAction[]
}

/** Reads an order by its own id or one of its intents'. Throws intent-malformed, page-not-found. */
export async function readOrder({ db }: Shop, id: string): Promise<OrderFacts> {
  const order = await findDeskOrder(db, parseOrderId(id))
  if (!order) throw new ShopError('page-not-found', (t) => t.noOrder())
  const [money, holders, timeline, others] = await Promise.all([
    findMoneyOf(db, order.id),
    findHoldersOf(db, order.id),
    findTimelineOf(db, order.id),
    findOtherOrders(db, { order: order.id, buyer: order.buyer }, SHOWN_OTHERS),
  ])
  return { order, ...money, ...holders, ...timeline, others }
}
