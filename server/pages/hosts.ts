import type { RequestHandler } from 'express'
import type { Config } from '../config/index.ts'

/**
 * A script that tells Code's element in the browser where Code is. The element has these addresses compiled in; the
 * build replaces them with a look at `codeHosts` (scripts/retarget-elements.js), and this runs before it. A path becomes
 * an address of the origin that the page has, be it 127.0.0.1, localhost or a tunnel.
 */
export function sendHosts(config: Pick<Config, 'elementsUrl' | 'browserEndpoint'>): RequestHandler {
  const hosts = { elements: config.elementsUrl, endpoint: config.browserEndpoint }
  const fields = Object.entries(hosts).map(
    ([name, address]) => `  ${name}: new URL(${JSON.stringify(address)}, location.origin).href,\n`,
  )
  const script = `globalThis.codeHosts = {\n${fields.join('')}}\n`
  return function sendHostsScript(_req, res) {
    res.set('Cache-Control', 'no-cache').type('text/javascript').send(script)
  }
}
