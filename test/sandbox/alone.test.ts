import { once } from 'node:events'
import { request } from 'node:http'
import { paymentIntents, webhook } from '@code-wallet/client'
import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { run } from '../support/process.ts'
import { aFolder, listen } from '../support/workplace.ts'
import { DESTINATION, statusUnder } from './a-sandbox.ts'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const runSandbox = (args: string[], folder = aFolder()) => run('sandbox/main.ts', folder, {}, args)

async function aSandboxAlone(args: string[] = ['--memory']) {
  const port = String(await aFreePort())
  const sandbox = runSandbox(['--port', port, ...args])
  await sandbox.says('"ready"')
  const url = `http://127.0.0.1:${port}`
  return { ...sandbox, url, endpoint: `${url}/v1`, ready: JSON.parse(sandbox.output().split('\n')[0] ?? '') }
}

const anIntent = (endpoint: string) =>
  paymentIntents.create({
    mode: 'payment',
    amount: 0.25,
    currency: 'usd',
    destination: DESTINATION,
    endpoint,
  })

describe('the sandbox alone', () => {
  test.each(['SIGTERM', 'SIGHUP'] as const)(
    'says where it is in one line of JSON, and stops on %s',
    async (signal) => {
      const { child, ended, output, ready, url } = await aSandboxAlone()
      expect(output()).toMatch(/^{"what":"ready",/)
      const { publicKey } = (await (await fetch(`${url}/key`)).json()) as { publicKey: string }
      expect(ready).toEqual({
        time: expect.any(String),
        what: 'ready',
        url,
        endpoint: `${url}/v1`,
        publicKey,
      })
      child.kill(signal)
      expect(await ended).toBe(0)
    },
  )

  test('tells any shop of a payment by a webhook, and writes down what happens', async () => {
    let got: (token: string) => void = () => undefined
    const delivered = new Promise<string>((resolve) => {
      got = resolve
    })
    const shop = await listen(async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk as Buffer)
      got(Buffer.concat(chunks).toString())
      res.end()
    })
    const { endpoint, url, says } = await aSandboxAlone()
    const { id } = await anIntent(endpoint)
    await webhook.register({ intent: id, url: `${shop.url}/webhook`, endpoint })
    await fetch(`${url}/wallet/requests/${id}/approve`, { method: 'POST' })
    expect(await delivered).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/)
    await says('"what":"attempt made"')
  })

  test('lets 25 hours of retries pass in a moment with a faster clock', async () => {
    let attempts = 0
    let eight: () => void = () => undefined
    const all = new Promise<void>((resolve) => {
      eight = resolve
    })
    const shop = await listen((_req, res) => {
      res.writeHead(500).end()
      if (++attempts === 8) eight()
    })
    const { endpoint, url } = await aSandboxAlone(['--memory', '--clock', '1000000'])
    const { id } = await anIntent(endpoint)
    await webhook.register({ intent: id, url: shop.url, endpoint })
    await fetch(`${url}/wallet/requests/${id}/approve`, { method: 'POST' })
    await all
  })

  test('posts webhooks to this machine alone, unless another host is allowed', async () => {
    const { endpoint } = await aSandboxAlone(['--memory', '--allow-webhooks-to', '192.0.2.1'])
    const { id } = await anIntent(endpoint)
    const register = (url: string) => webhook.register({ intent: id, url, endpoint })
    expect(await register('http://192.0.2.2/webhook')).toEqual({ success: false, message: 'invalid_url' })
    expect(await register('http://192.0.2.1/webhook')).toEqual({ success: true, message: 'ok' })
  })

  test('has its frames held by this machine’s shops alone, unless another is allowed', async () => {
    const policyOf = async (url: string) =>
      (await fetch(`${url}/v1/elements/payment-request-button/`)).headers.get('Content-Security-Policy')
    const local = "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
    expect(await policyOf((await aSandboxAlone()).url)).toContain(`${local};`)
    const { url } = await aSandboxAlone(['--memory', '--allow-shop', 'https://shop.example/'])
    expect(await policyOf(url)).toContain(`${local} https://shop.example;`)
  })

  test('shows phones a code to scan where a tunnel leads to it, and no deliveries', async () => {
    const { url } = await aSandboxAlone(['--memory', '--public-url', 'https://tunnel.example'])
    const modal = await fetch(`${url}/v1/elements/payment-request-modal-desktop/`)
    expect(await modal.text()).toContain('QR code')
    const throughTunnel = { headers: { 'X-Forwarded-For': '192.0.2.1' } }
    expect((await fetch(`${url}/deliveries`, throughTunnel)).status).toBe(403)
    expect((await fetch(`${url}/deliveries`)).status).toBe(200)
  })

  test('listens elsewhere, for containers, and answers under the names that are allowed', async () => {
    const { url } = await aSandboxAlone(['--memory', '--host', '127.0.0.2', '--allow-host', 'sandbox'])
    const elsewhere = url.replace('127.0.0.1', '127.0.0.2')
    expect((await fetch(`${elsewhere}/key`)).status).toBe(200)
    await expect(fetch(`${url}/key`)).rejects.toThrow()
    expect(await statusUnder('sandbox:3031', `${elsewhere}/key`)).toBe(200)
    expect(await statusUnder('other', `${elsewhere}/key`)).toBe(421)
  })

  test('goes on when nobody reads its log any more', async () => {
    const { child, ended, endpoint } = await aSandboxAlone()
    child.stdout?.destroy()
    for (let call = 0; call < 3; call++) {
      const { id } = await anIntent(endpoint)
      expect((await paymentIntents.getStatus({ intent: id, endpoint })).exists).toBe(true)
    }
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  test('ends in order by Ctrl-C under npm, which is two signals', async () => {
    const { child, ended, url } = await aSandboxAlone()
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': 13 }
    const headers = { ...upgrade, 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
    const [, socket] = await once(request(`${url}/v1`, { headers }).end(), 'upgrade')
    child.kill('SIGINT')
    expect(String(await once(socket, 'data'))).toContain('the sandbox was stopped') // then it waits for the client
    child.kill('SIGINT')
    socket.destroy()
    expect(await ended).toBe(0)
  })

  test('keeps its key where it is told to', async () => {
    const folder = aFolder()
    const first = await aSandboxAlone(['--data', folder])
    first.child.kill('SIGTERM')
    await first.ended
    const second = await aSandboxAlone(['--data', folder])
    expect(second.ready.publicKey).toBe(first.ready.publicKey)
  })
})

describe('a refusal of the sandbox alone says which option allows it', () => {
  const options = { host: '--allow-host', webhook: '--allow-webhooks-to', shop: '--allow-shop' }

  test('on its pages and in its answers', async () => {
    const { url, endpoint } = await aSandboxAlone()
    const { id } = await anIntent(endpoint)
    const refusal = async (path: string, body?: object) => {
      const json = body && { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }
      return ((await (await fetch(url + path, json)).json()) as { detail: string }).detail
    }
    const elsewhere = 'http://192.0.2.1/'
    expect(await refusal('/deliveries/test', { url: elsewhere })).toContain(options.webhook)
    const wanted = { amount: 25, currency: 'usd', webhook: elsewhere }
    expect(await refusal('/wallet/requests', wanted)).toContain(options.webhook)
    for (const success of [elsewhere, 'http://[::1]:3030/']) // browsers would block a return to the second
      expect(await refusal(`/pay/${id}?success=${success}`)).toContain(options.shop)
    await webhook.register({ intent: id, url: elsewhere, endpoint })
    const trace = await (await fetch(`${url}/traces/${id}`)).text()
    expect(trace).toContain(`not allowed to post to 192.0.2.1. Start it with ${options.webhook}`)
  })

  test('and a shop passes on why it can’t be asked for its key', async () => {
    const { url } = await aSandboxAlone(['--memory', '--host', '0.0.0.0'])
    const endpoint = `${url.replace('127.0.0.1', '127.0.0.2')}/v1`
    const env = { PORT: String(await aFreePort()), CODE_ENDPOINT: endpoint }
    const shop = run('server/main.ts', aFolder(), env)
    expect(await shop.ended).toBe(1)
    expect(shop.output()).toContain(`answered with status 421: The sandbox doesn't serve this host name`)
    expect(shop.output()).toContain(options.host)
  })
})

describe('wrong arguments', () => {
  test('--help is no error', async () => {
    const { ended, output } = runSandbox(['--help'])
    expect(await ended).toBe(0)
    expect(output()).toContain('--allow-webhooks-to')
  })

  test('end it with exit code 2 and a sentence', async () => {
    const { ended, output } = runSandbox(['--prot', '1'])
    expect(await ended).toBe(2)
    expect(output()).toContain('Unknown option --prot\n')
  })

  test('a taken port ends it with exit code 1 and a sentence', async () => {
    const { port } = await listen(() => undefined)
    const { ended, output } = runSandbox(['--port', String(port), '--memory'])
    expect(await ended).toBe(1)
    expect(output()).toBe(
      `Port ${port} is in use by another program. Choose another port: npm run sandbox -- --port ${port + 1}\n`,
    )
  })

  test('a port to which no browser connects ends it with exit code 1 and a sentence', async () => {
    const { ended, output } = runSandbox(['--port', '6000', '--memory'])
    expect(await ended).toBe(1)
    expect(output()).toMatch(/^Browsers and Node refuse to connect to port 6000\. Choose another port/)
  })
})
