// The frame that opens on a click. It is small, since pages preload it; the code for paying is loaded afterwards.

import { type Channel, openChannel } from './channel.ts'

const channel = openChannel()
if (channel) open(channel)

async function open(channel: Channel): Promise<void> {
  // Must listen before the first `await`: the page sends its updates as soon as this document is loaded.
  const updates = collectUpdates(channel)
  const { openPanel } = await import('./panel.ts')
  openPanel(channel, updates)
}

/** Resolves with the options as updated by the page, once it has sent everything. Before, they may be an earlier order's. */
function collectUpdates({ options, on }: Channel): Promise<Record<string, unknown>> {
  const names = ['ClientSecret', 'IdempotencyKey', 'SuccessUrl', 'CancelUrl']
  const updates: Record<string, unknown> = {}
  for (const name of names) {
    on(`updated${name}`, (args) => {
      updates[name.charAt(0).toLowerCase() + name.slice(1)] = (args as { value?: unknown } | undefined)?.value
    })
  }
  return new Promise((resolve) => on('afterInvoke', () => resolve({ ...options, ...updates })))
}
