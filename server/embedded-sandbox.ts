import express, { type Express } from 'express'
import type { Sandbox } from '../sandbox/index.ts'
import { identityOf } from './catalog/index.ts'
import type { Config } from './config/index.ts'
import type { Shop } from './shop.ts'
import type { App, Logger } from './web/index.ts'

const BELOW = /^(https?:\/\/[^/?]*)?\/sandbox(?=[/?]|$)/i // what Express takes for /sandbox or below

/** Opens the sandbox that runs inside of the shop, and keeps its key and state in a folder of its own. */
export async function openEmbeddedSandbox(config: Config, log: Logger): Promise<Sandbox> {
  const { openSandbox } = await import('../sandbox/index.ts') // loaded only if it is used, because it takes memory
  const webhook = `${config.localUrl}/webhook`
  return openSandbox({
    data: config.sandboxFolder,
    ...sandboxAddresses(config),
    allowsWebhookTo: (url) => url.href === webhook,
    remedies: {
      host: 'Set PUBLIC_URL to the shop’s address to add its host name.',
      webhook: `It sends them to ${webhook} only.`,
    },
    onEvent: (event) => log.debug({ sandbox: event }, `sandbox: ${event.what}`),
  })
}

function sandboxAddresses(config: Config) {
  return { baseUrl: `${config.url()}/sandbox`, origins: config.origins() }
}

/** Puts the sandbox below /sandbox. It is at the public URL of the moment, and knows the shop's language. */
export function mountSandbox(
  { handler, messages }: App,
  sandbox: Sandbox | undefined,
  { config, catalog }: Pick<Shop, 'config' | 'catalog'>,
): App {
  if (!sandbox) return { handler, messages }
  let served: { handler: Express; origins: readonly string[] } | undefined
  const language = () => identityOf(catalog).lang
  const host = express()
  host.disable('x-powered-by')
  host.use('/sandbox', (req, res, next) => {
    const origins = config.origins()
    if (served?.origins !== origins)
      served = { handler: sandbox.handlerAt({ ...sandboxAddresses(config), language }), origins }
    served.handler(req, res, next)
  })
  return { handler: (req, res) => (BELOW.test(req.url ?? '') ? host : handler)(req, res), messages }
}
