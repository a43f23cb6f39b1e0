import { broken, couldNotCheck, type Finding, type Found, fine } from '../finding.ts'
import { type Answer, askOrFail, NoAnswer } from './network.ts'
import { notShops, problemOf } from './own-answer.ts'
import type { Subject } from './subject.ts'

const SANDBOX_PATHS = ['/sandbox/key', '/key'] // in a shop, and by itself

/** Whether a sandbox can be reached at a live shop's address: it makes orders paid without money. */
export async function checkSandbox({ network, signal }: Subject, publicUrl: string): Promise<Finding> {
  const answers = await Promise.all(
    SANDBOX_PATHS.map((path) => askOrFail(network, `${publicUrl}${path}`, { signal })),
  )
  const open = SANDBOX_PATHS.filter((_, index) => showsKey(answers[index] as Answer | NoAnswer))
  return {
    check: 'sandbox',
    lookedAt: `Whether a sandbox can be reached from outside, at ${SANDBOX_PATHS.map((path) => `${publicUrl}${path}`).join(' and ')}`,
    ...judgeSandbox(
      answers,
      open.map((path) => `${publicUrl}${path}`),
    ),
  }
}

function judgeSandbox(answers: readonly (Answer | NoAnswer)[], open: readonly string[]): Found {
  if (open.length > 0)
    return broken(
      `One can, at ${open.join(', ')}. Everybody can make test payments there, and take them for real ones.`,
      'Let the proxy or tunnel lead to the live shop only, and stop the sandbox.',
    )
  if (answers.every((answer) => answer instanceof NoAnswer)) return couldNotCheck('Nothing answers there.')
  const isShop = answers.some((answer) => !(answer instanceof NoAnswer) && problemOf(answer))
  return isShop ? fine('None can.') : notShops(answers)
}

function showsKey(answer: Answer | NoAnswer): boolean {
  if (answer instanceof NoAnswer || answer.status !== 200) return false
  try {
    return typeof JSON.parse(answer.body.toString()).publicKey === 'string'
  } catch {
    return false
  }
}
