/** The verdicts of a check, the worst first. */
export const CHECK_VERDICTS = ['broken', 'look-at-this', 'could-not-check', 'fine'] as const
export type CheckVerdict = (typeof CHECK_VERDICTS)[number]

/** What a check has found about one thing. */
export interface Finding {
  /** What programs know it by, like `certificate` */
  check: string
  lookedAt: string
  verdict: CheckVerdict
  /** What was found, and what it means for the merchant's money: one or several sentences */
  meaning: string
  /** What to do about it, if there is something */
  todo?: string
}

/** What was found about something, without the name of the check. */
export type Found = Omit<Finding, 'check' | 'lookedAt'>

export function fine(meaning: string): Found {
  return { verdict: 'fine', meaning }
}

export function lookAtThis(meaning: string, todo: string): Found {
  return { verdict: 'look-at-this', meaning, todo }
}

export function broken(meaning: string, todo: string): Found {
  return { verdict: 'broken', meaning, todo }
}

export function couldNotCheck(meaning: string, todo?: string): Found {
  return { verdict: 'could-not-check', meaning, ...(todo !== undefined && { todo }) }
}

/** Returns the worst verdict of these findings. */
export function worstOf(findings: readonly Finding[]): CheckVerdict {
  return CHECK_VERDICTS.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? 'fine'
}

/** What an examination has found. */
export interface Report {
  /** The worst of all findings */
  verdict: CheckVerdict
  /** ISO 8601 */
  at: string
  ms: number
  findings: readonly Finding[]
}
