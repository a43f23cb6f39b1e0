// Warns where a form gets a purchase without a payment, by a link or for free, if this browser would lose it. Says why, if the
// page had a price just before.

import { checkCookies } from './checkout/cookies.ts'
import { showKeptNotice } from './checkout/notice.ts'

showKeptNotice()
checkCookies()
