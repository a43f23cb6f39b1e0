import { couldNotCheck, type Found } from '../finding.ts'
import { type Answer, NoAnswer } from './network.ts'

const PROBLEM = /\/problems\/([a-z-]+)$/

/** Returns the code of the error with which a shop has answered; undefined if it is none of a shop. */
export function problemOf({ body }: Answer): string | undefined {
  try {
    return PROBLEM.exec(JSON.parse(body.toString()).type)?.[1]
  } catch {
    return undefined
  }
}

/** What is found out about a shop by the answers of something else: a proxy before a shop that is stopped, for example. */
export function notShops(answers: readonly (Answer | NoAnswer)[]): Found {
  const statuses = answers.flatMap((answer) => (answer instanceof NoAnswer ? [] : [answer.status]))
  return couldNotCheck(
    `What answers there is not this shop (HTTP status ${[...new Set(statuses)].join(' and ')}); see the finding about the public address.`,
    'Start the shop, and run this again beside it.',
  )
}
