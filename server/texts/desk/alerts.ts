/** Alerts that could not be delivered to the merchant's webhook. */
export const alerts = {
  title: 'Alerts',
  sentTo: (host: string) =>
    `Alerts are sent to ${host}. What could not be delivered for a day stays here until you send it again or dismiss it.`,
  off: 'The shop can tell a program of yours about paid orders, refunds, and whatever needs a look. To switch that on, set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET, and restart the shop.',
  /** Above alerts that are left from when they were on */
  notSent:
    'While alerts are off, nothing sends these. They stay here until you switch alerts on again or dismiss them.',
  failed: 'Not delivered',
  retried: 'Being sent again',
  waiting: 'Waiting to be sent again',
  none: 'No alert is waiting to be sent again or dismissed.',
  happened: 'Happened',
  next: 'next attempt',
  gaveUp: 'gave up',
  answer: 'What it answered',
  actions: {
    resends: {
      text: 'Send again',
      label: (name: string, at: string) => `Send again: ${name}, ${at}`,
    },
    dismissals: {
      text: 'Dismiss',
      label: (name: string, at: string) => `Dismiss: ${name}, ${at}`,
    },
  },
  attempts: (count: number) => (count === 1 ? 'one attempt' : `${count} attempts`),
  more: (shown: number) => `Only ${shown} of each are shown.`,
  answered: (status: string) => `Answered with the status ${status}; 200 to 299 would have accepted it.`,
  unreachable: (code: string) => `Could not be reached: ${code}.`,
  reasons: {
    deadline: 'Didn’t answer within 5 seconds.',
    'private-address': 'The address is of this machine or its network. ALERT_ALLOW_PRIVATE=1 allows that.',
    'nothing-found': 'What it is about is no longer in the database.',
  },
  names: {
    'order.paid': 'Order paid',
    'order.paid_twice': 'Paid twice',
    'order.refunded': 'Refund recorded',
    'event.mismatched': 'Event doesn’t match its order',
    'event.orphaned': 'Payment without an order',
    'webhook.unregistered': 'Webhook not registered',
    'sequencer.down': 'Code stopped answering',
    'sequencer.up': 'Code answers again',
  },
}
