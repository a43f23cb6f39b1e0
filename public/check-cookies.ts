// The page that redeems a link says beforehand if this browser couldn't keep the purchase.

import { checkCookies } from './checkout/cookies.ts'

checkCookies()
