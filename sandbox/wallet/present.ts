import type { Attempt, Delivery, PaymentRequest } from '../state/index.ts'

/** A request as JSON: amounts in hundredths, instants in ISO 8601, what hasn't happened left out. */
export function presentRequest(request: PaymentRequest) {
  const { intent, hundredths, currency, destination, domain, fees, webhookUrl } = request
  return {
    intent,
    state: stateOf(request),
    amount: hundredths,
    currency,
    destination,
    fees,
    ...(domain !== null && { domain }),
    codeScanned: request.scannedAt !== null,
    ...(webhookUrl !== null && { webhook: webhookUrl }),
    createdAt: toIso(request.createdAt),
    ...(request.rejectedAt !== null && { rejectedAt: toIso(request.rejectedAt) }),
    ...(request.submittedAt !== null && { approvedAt: toIso(request.submittedAt) }),
  }
}

/** A delivery with its attempts as JSON. */
export function presentDelivery(delivery: Delivery) {
  const { id, intent, url, token, createdAt, nextAt, attempts } = delivery
  return {
    id,
    kind: intent === null ? 'test' : 'payment',
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

function stateOf({ submittedAt, rejectedAt }: PaymentRequest): 'pending' | 'approved' | 'rejected' {
  if (submittedAt !== null) return 'approved'
  return rejectedAt === null ? 'pending' : 'rejected'
}

function stateOfDelivery({ attempts, nextAt }: Delivery): 'delivered' | 'waiting' | 'given up' {
  if (attempts.some(({ status }) => status === 200)) return 'delivered'
  return nextAt === null && attempts.every(({ durationMs }) => durationMs !== null) ? 'given up' : 'waiting'
}

/** '1,250.00 USD': two decimals in every currency, since that is Code's unit. */
export function showMoney({ amount, currency }: { amount: number; currency: string }): string {
  const decimals = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return `${decimals.format(amount / 100)} ${currency.toUpperCase()}`
}

function toIso(at: number): string {
  return new Date(at).toISOString()
}
