import type { Logger, Notices } from '../web/index.ts'

interface Reported {
  faults: readonly string[]
  log: Pick<Logger, 'error'>
  notices?: Notices
}

/**
 * Logs each fault once, when it appears: as an alert if it keeps a product from being sold. In sandbox mode, every page shows
 * all of them until they are fixed.
 */
export function reportFaults(
  { log, faults, notices }: Reported,
  before: readonly string[],
  { alert }: { alert: boolean },
): void {
  const effect = alert
    ? 'this product is not for sale until its file is fixed'
    : 'the last good version of this product stays for sale, if there is one'
  for (const fault of faults.filter((each) => !before.includes(each)))
    log.error(alert ? { alert } : {}, `${effect}: ${fault}`)
  if (faults.length > 0) notices?.set('catalogue', faults.join('\n'))
  else notices?.delete('catalogue')
}
