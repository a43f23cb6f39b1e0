import { Router } from 'express'
import type { Shop } from '../../shop.ts'
import { auditLogRoutes } from './audit-log.ts'
import { sessionRoutes } from './sessions-page.ts'

export { formToken, spendForm } from './forms.ts'
export { openDesk } from './frame.ts'
export { issueDeskLink } from './links.ts'
export { sendDeskPage } from './page.ts'
export { isSignedIn, merchantOf, recordAction, requireExport, requireMerchant } from './sessions.ts'
export { signInRoutes } from './sign-in.ts'

/** Who is at the desk, and what was done there. */
export function accessRoutes(shop: Shop): Router {
  return Router().use(sessionRoutes(shop), auditLogRoutes(shop))
}
