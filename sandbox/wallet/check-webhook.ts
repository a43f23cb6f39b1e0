import { Problem } from '../errors.ts'
import type { Remedies } from '../events.ts'
import { findUrlFault } from '../sequencer/index.ts'

interface Deps {
  allowsWebhookTo(url: URL): boolean
  remedies: Remedies
}

/** Throws a Problem for a URL that Code would not accept, or to which this sandbox must not send webhooks. */
export async function checkWebhook({ allowsWebhookTo, remedies }: Deps, url: string): Promise<void> {
  const fault = await findUrlFault(url, { allowsWebhookTo })
  if (fault === 'not allowed') {
    const sentence = `This sandbox is not allowed to send webhooks to ${url}.`
    throw new Problem(403, `${sentence} ${remedies.webhook ?? ''}`.trimEnd())
  }
  if (fault) throw new Problem(400, `Code would not accept this webhook: ${fault.reason}.`)
}
