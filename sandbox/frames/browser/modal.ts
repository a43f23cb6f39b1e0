// The frame that opens on a click: small, since it is also loaded in advance. What it needs to pay comes afterwards.

import { type Channel, openChannel } from './channel.ts'

const channel = openChannel()
if (channel) open(channel)

async function open(channel: Channel): Promise<void> {
  // Listening begins before anything is waited for: the page speaks as soon as this document is loaded.
  const updates = hearUpdates(channel)
  const { openPanel } = await import('./panel.ts')
  openPanel(channel, updates)
}

/** What the page said last of each, resolved when it has said all: until then its options may be an earlier order's. */
function hearUpdates({ options, on }: Channel): Promise<Record<string, unknown>> {
  const names = ['ClientSecret', 'IdempotencyKey', 'SuccessUrl', 'CancelUrl']
  const updates: Record<string, unknown> = {}
  for (const name of names) {
    on(`updated${name}`, (args) => {
      updates[name.charAt(0).toLowerCase() + name.slice(1)] = (args as { value?: unknown } | undefined)?.value
    })
  }
  return new Promise((resolve) => on('afterInvoke', () => resolve({ ...options, ...updates })))
}
