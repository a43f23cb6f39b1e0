import { access } from './access.ts'
import { addresses } from './addresses.ts'
import { alerts } from './alerts.ts'
import { buyers } from './buyers.ts'
import { checks } from './checks.ts'
import { coupons } from './coupons.ts'
import { events } from './events.ts'
import { exports } from './exports.ts'
import { forms } from './forms.ts'
import { layout } from './layout.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { overview } from './overview.ts'
import { passes } from './passes.ts'
import { products } from './products.ts'
import { states } from './states.ts'

/** The words of the merchant's pages, a file for each module of `server/desk/`. */
export const desk = {
  access,
  addresses,
  alerts,
  buyers,
  checks,
  coupons,
  events,
  exports,
  forms,
  layout,
  order,
  orders,
  overview,
  passes,
  products,
  states,
}
