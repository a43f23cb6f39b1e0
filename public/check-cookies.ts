// Warns where a form gets a purchase without a payment, by a link or for free, if this browser would lose it.

import { checkCookies } from './checkout/cookies.ts'

checkCookies()
