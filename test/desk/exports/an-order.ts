import type { ExportedOrder, ExportedPayment, ExportedRefund } from '../../../db/index.ts'

export const NOON = Date.UTC(2026, 0, 1, 12)

/** An order that was paid at once, unless it is changed. */
export function anExportedOrder(changes: Partial<ExportedOrder> = {}): ExportedOrder {
  return {
    id: '019b7a1e4c00-6f1c-4a55-9f0e-1b2c3d4e5f60',
    buyer: '019b7a1e4b00-0a1b-4c2d-8e3f-4a5b6c7d8e9f',
    product: 'article',
    kind: 'article',
    title: 'An article',
    listHundredths: 25,
    coupon: undefined,
    hundredths: 25,
    currency: 'usd',
    taxRate: 0,
    taxLabel: undefined,
    createdAt: NOON,
    state: 'paid',
    payments: [anExportedPayment()],
    ...changes,
  }
}

export function anExportedPayment(changes: Partial<ExportedPayment> = {}): ExportedPayment {
  return {
    id: '019b7a1e5000-77aa-4bcd-8123-0123456789ab',
    intent: '9CvMqkh8Wt8vGnoAUQQbe8YCz5NzUk2zbJe9gmDvYzRW',
    proof: 'webhook',
    hundredths: 25,
    currency: 'usd',
    taxHundredths: 0,
    quarks: 2_799_600_000,
    exchangeRate: 0.00000893,
    codeUser: null,
    destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
    fees: '',
    reason: null,
    paidAt: NOON + 5_000,
    refunds: [],
    ...changes,
  }
}

export function anExportedRefund(changes: Partial<ExportedRefund> = {}): ExportedRefund {
  return {
    id: '019b7a9f0000-1234-4abc-9def-fedcba987654',
    hundredths: 10,
    taxHundredths: 0,
    sentTo: null,
    proof: null,
    note: null,
    refundedAt: NOON + 86_400_000,
    ...changes,
  }
}
