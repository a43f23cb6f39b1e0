// Warns on the page that redeems a link if this browser would lose the purchase.

import { checkCookies } from './checkout/cookies.ts'

checkCookies()
