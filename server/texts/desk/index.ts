import { access } from './access.ts'
import { layout } from './layout.ts'
import { order } from './order.ts'

/** The words of the merchant's pages, a file for each module of `server/desk/`. */
export const desk = { layout, access, order }
