import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { aFreePort } from '../../scripts/support/free-port.js'
import { openReceiver, postMessage } from '../../server/alerts/receiver.ts'
import { RETRY_PAUSES_MS } from '../../server/alerts/send-alerts.ts'
import { en } from '../../server/texts/index.ts'
import { describeIn } from '../support/languages.ts'
import { runProgram } from '../support/process.ts'
import { SECRET } from '../support/receiver.ts'
import { until } from '../support/until.ts'
import { aWire } from '../support/wire.ts'

const OTHER_SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const HEAD = 'POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 200000\r\n\r\n'
const BODY = '{"type":"order.paid","data":{"product":"brød"}}'
const page = readFileSync('docs/alerts.md', 'utf8')

const pauses = page.replaceAll('\n', ' ').match(/growing pauses: (.* hours)\./)?.[1] ?? ''

/** The code of the page in a language. */
function codeIn(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? ''
}

/** The receiver of the page, once it accepts messages. */
async function aReceiver() {
  const port = await aFreePort()
  const script = codeIn('js').replace('4000', String(port))
  const env = { ALERT_WEBHOOK_SECRET: SECRET }
  const program = runProgram(process.execPath, ['--input-type=module', '--eval', script], '.', env)
  const url = `http://127.0.0.1:${port}/`
  const send = (secret: string, sentAt = Date.now()) =>
    postMessage(openReceiver({ url, secret, allowPrivate: true }), { id: 'order_paid_1', sentAt, body: BODY })
  await until(() =>
    send(SECRET).then(
      () => true,
      () => false,
    ),
  )
  return { port, program, send }
}

describe('docs/alerts.md', () => {
  test('shows a receiver that works, and accepts nobody else’s messages', async () => {
    const { program, send } = await aReceiver()
    await until(async () => program.output().includes(`order_paid_1 order.paid { product: 'brød' }`))
    await expect(send(OTHER_SECRET)).rejects.toThrow('401')
    await expect(send(SECRET, Date.now() - 600_000)).rejects.toThrow('401')
  })

  test('shows a receiver that outlives a client that hangs up, and reads no body without end', async () => {
    const { port, send } = await aReceiver()
    const leaving = aWire(port)
    leaving.send(`${HEAD}{`)
    leaving.socket.end()
    await leaving.ended
    await send(SECRET)
    const endless = aWire(port)
    endless.send(`${HEAD}${'x'.repeat(100_000)}`)
    await endless.answers(1)
    expect(endless.statuses().filter((status) => status !== 413)).toEqual([]) // it may also just be cut off
    await send(SECRET)
  })

  test('lists every type of alert, and every pause', () => {
    const types = Object.keys(en.desk.alerts.names)
    expect(types.filter((type) => !page.includes(`| \`${type}\` |`))).toEqual([])
    const [seconds, minutes, hours] = [
      /(.*) seconds, /,
      /seconds, (.*) minutes, /,
      /minutes, (.*) hours/,
    ].map((pattern) => pattern.exec(pauses)?.[1]?.match(/\d+/g)?.map(Number) ?? [])
    expect(RETRY_PAUSES_MS).toEqual([
      ...(seconds ?? []).map((pause) => pause * 1_000),
      ...(minutes ?? []).map((pause) => pause * 60_000),
      ...(hours ?? []).map((pause) => pause * 3_600_000),
    ])
  })

  describeIn('Python', (command) => {
    const verdictOn = (
      secret: string,
      sentAt: number,
      { body = BODY, other = {} }: { body?: string; other?: Record<string, string | null | undefined> } = {},
    ) => {
      const headers = {
        'webhook-id': 'order_paid_1',
        'webhook-timestamp': String(Math.floor(sentAt / 1_000)),
        'webhook-signature': `v1a,other ${new Webhook(secret).sign('order_paid_1', new Date(sentAt), BODY)}`,
        ...other,
      }
      const call =
        'import json, sys\nprint(is_from_shop(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3].encode()))'
      const args = ['-c', `${codeIn('py')}\n${call}`, SECRET, JSON.stringify(headers), body]
      return spawnSync(command, args, { encoding: 'utf8' }).stdout.trim()
    }

    test('recognises what the shop has signed, and nothing else', () => {
      expect(verdictOn(SECRET, Date.now())).toBe('True')
      expect(verdictOn(OTHER_SECRET, Date.now())).toBe('False')
      expect(verdictOn(SECRET, Date.now(), { body: `${BODY} ` })).toBe('False')
      expect(verdictOn(SECRET, Date.now() - 600_000)).toBe('False')
    })

    test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
      'rejects a message whose %s is missing or malformed',
      (name) => {
        // A dict has no such key, and the headers of Python's http.server have None.
        for (const value of [undefined, null, '', 'x', 'é', '9'.repeat(400), '9'.repeat(5_000)])
          expect([value, verdictOn(SECRET, Date.now(), { other: { [name]: value } })]).toEqual([
            value,
            'False',
          ])
      },
    )
  })
})
