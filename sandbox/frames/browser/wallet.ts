// The pretended wallet, by its API: the same one that programs use.

import { base } from './request.ts'

export interface User {
  name: string
  user: string
  kin: number
}

export async function getUsers(): Promise<User[]> {
  return (await call('wallet/users')) as User[]
}

/** Was the request rejected before? The stream says so again, of whatever is kept. */
export async function wasRejected(intent: string): Promise<boolean> {
  const { rejectedAt } = (await call(`wallet/requests/${intent}`)) as { rejectedAt?: string }
  return rejectedAt !== undefined
}

/** Throws what the wallet says against it, for people to read. */
export async function decide(intent: string, decision: 'approve' | 'reject', user?: string): Promise<void> {
  await call(`wallet/requests/${intent}/${decision}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(user === undefined ? {} : { user }),
  })
}

let latest: Promise<unknown> = Promise.resolve()

/** Resolves when no call is without its answer any more. */
export async function answered(): Promise<void> {
  await latest.catch(() => undefined)
}

function call(path: string, init?: RequestInit): Promise<unknown> {
  latest = fetchJson(path, init)
  return latest
}

async function fetchJson(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(new URL(path, base), { ...init, referrerPolicy: 'same-origin' }).catch(() => {
    throw new Error('The sandbox cannot be reached.')
  })
  const answer = (await response.json()) as { detail?: string }
  if (!response.ok) throw new Error(answer.detail ?? `The sandbox answered ${response.status}.`)
  return answer
}
