import type { Attempt, Bill, Delivery, KeptRequest } from '../state/index.ts'

/** Returns a request as JSON: amounts in hundredths, instants in ISO 8601, without what is missing or hasn't happened. */
export function presentRequest(request: KeptRequest) {
  const { intent, bill, domain, verifier, user, webhookUrl } = request
  return {
    intent,
    kind: kindOf(request),
    state: stateOf(request),
    ...(bill && presentBill(bill)),
    ...(domain !== null && { domain }),
    ...(verifier !== null && { verifier }),
    codeScanned: request.scannedAt !== null,
    ...(webhookUrl !== null && { webhook: webhookUrl }),
    createdAt: toIso(request.createdAt),
    ...(request.rejectedAt !== null && { rejectedAt: toIso(request.rejectedAt) }),
    ...(request.submittedAt !== null && { approvedAt: toIso(request.submittedAt) }),
    ...(user !== null && { user }),
  }
}

function presentBill({ hundredths, currency, destination, fees }: Bill) {
  return { amount: hundredths, currency, destination, fees }
}

function kindOf({ bill, verifier }: KeptRequest): 'payment' | 'login' | 'payment with login' {
  if (!bill) return 'login'
  return verifier === null ? 'payment' : 'payment with login'
}

/** Returns a delivery with its attempts as JSON. */
export function presentDelivery(delivery: Delivery) {
  const { id, kind, intent, url, token, createdAt, nextAt, attempts } = delivery
  return {
    id,
    kind,
    ...(intent !== null && { intent }),
    url,
    token,
    state: stateOfDelivery(delivery),
    createdAt: toIso(createdAt),
    ...(nextAt !== null && { nextAttemptAt: toIso(nextAt) }),
    attempts: attempts.map(presentAttempt),
  }
}

function presentAttempt({ number, startedAt, durationMs, status, answer, answeredBy }: Attempt) {
  return {
    number,
    startedAt: toIso(startedAt),
    durationMs,
    status,
    answer,
    ...(answeredBy !== null && { answeredBy }),
  }
}

function stateOf({ submittedAt, rejectedAt }: KeptRequest): 'pending' | 'approved' | 'rejected' {
  if (submittedAt !== null) return 'approved'
  return rejectedAt === null ? 'pending' : 'rejected'
}

function stateOfDelivery({ attempts, nextAt }: Delivery): 'delivered' | 'waiting' | 'given up' {
  if (attempts.some(({ status }) => status === 200)) return 'delivered'
  return nextAt === null && attempts.every(({ answer }) => answer !== null) ? 'given up' : 'waiting'
}

function toIso(at: number): string {
  return new Date(at).toISOString()
}
