import { access } from './access.ts'
import { exports } from './exports.ts'
import { layout } from './layout.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { overview } from './overview.ts'
import { states } from './states.ts'

/** The words of the merchant's pages, a file for each module of `server/desk/`. */
export const desk = { access, exports, layout, order, orders, overview, states }
