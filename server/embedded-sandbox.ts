import type { RequestListener } from 'node:http'
import express from 'express'
import type { Sandbox } from '../sandbox/index.ts'
import type { Config } from './config/index.ts'
import type { Logger } from './web/index.ts'

/** Opens the sandbox that runs inside of the shop, and keeps its key and state in a folder of its own. */
export async function openEmbeddedSandbox(config: Config, log: Logger): Promise<Sandbox> {
  const { openSandbox } = await import('../sandbox/index.ts') // loaded only if it is used, because it takes memory
  const webhook = `${config.localUrl}/webhook`
  return openSandbox({
    data: config.sandboxFolder,
    ...sandboxAddresses(config),
    allowsWebhookTo: (url) => url.href === webhook,
    onEvent: (event) => log.debug({ sandbox: event }, `sandbox: ${event.what}`),
  })
}

function sandboxAddresses(config: Config) {
  return { baseUrl: `${config.url()}/sandbox`, origins: config.origins() }
}

/** Puts the sandbox below /sandbox. When the shop gets another public URL, so does the sandbox. */
export function mountSandbox(
  app: RequestListener,
  sandbox: Sandbox | undefined,
  config: Config,
): RequestListener {
  if (!sandbox) return app
  let served = { handler: sandbox.handler, origins: config.origins() }
  const host = express()
  host.disable('x-powered-by')
  host.use('/sandbox', (req, res, next) => {
    const origins = config.origins()
    if (origins !== served.origins) served = { handler: sandbox.handlerAt(sandboxAddresses(config)), origins }
    served.handler(req, res, next)
  })
  host.use(app)
  return host
}
