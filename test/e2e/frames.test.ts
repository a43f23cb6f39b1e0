import { loginIntents, paymentIntents } from '@code-wallet/client'
import { Keypair } from '@code-wallet/keys'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aLogin, aPayment, aSandbox, DESTINATION, type TestSandbox } from '../sandbox/a-sandbox.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser } from './support/browser.ts'
import { anElement, type ElementOptions } from './support/element.ts'

const PAYMENT = { currency: 'usd', destination: DESTINATION, amount: 0.25 }
const CANCELLED = ['cancel', expect.stringContaining('/')]
const SUCCEEDED = ['success', expect.stringContaining('/')]

const aLocalSandbox = (options = {}) => aSandbox({ shops: ['http://127.0.0.1:*'], ...options })

/** An intent as a shop's server makes it, and what the shop's page then tells the element. */
async function anOrder({ endpoint }: TestSandbox) {
  const { id, clientSecret } = await paymentIntents.create(aPayment({ endpoint }))
  return { id, invoke: `element.update({ clientSecret: '${clientSecret}' })` }
}

/** A buyer at a desk who has pressed the button and sees what can be decided. */
async function aBuyerWhoDecides(sandbox: TestSandbox, changes: Partial<ElementOptions> = {}, browser = {}) {
  const visitor = await aDesktop(browser)
  const element = await anElement(visitor.page, sandbox.endpoint, { options: PAYMENT, ...changes })
  await element.button.click()
  await element.modal.getByRole('button', { name: 'Approve' }).waitFor()
  return { ...visitor, ...element }
}

async function statesOf({ json }: TestSandbox): Promise<string[]> {
  return ((await json('/wallet/requests')) as { state: string }[]).map(({ state }) => state)
}

async function setFault({ origin }: TestSandbox, faults: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  await fetch(`${origin}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) })
}

/** axe finds nothing, once the page has done its part: naming the frames. */
async function expectAccessibleFrames(page: Page): Promise<void> {
  await page.evaluate(`for (const frame of document.querySelectorAll('iframe')) frame.title = frame.name`)
  await expectAccessible(page)
}

describeInBrowser('the modal at a desk', () => {
  test('pays the intent that the shop’s server has made', async () => {
    const sandbox = await aLocalSandbox()
    const { id, invoke } = await anOrder(sandbox)
    const { modal, modalFrame, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    expect(await modal.getByRole('dialog').textContent()).toContain(
      'This imitates Code. No real money changes hands.',
    )
    await modal.getByText('$0.25').waitFor()
    await modal.getByText(DESTINATION).waitFor()
    expect(await sandbox.status(id)).toMatchObject({ codeScanned: false })
    await modal.getByRole('button', { name: 'Approve' }).click()
    expect(await hears('success')).toEqual([['invoke'], SUCCEEDED])
    expect(await modalFrame.count()).toBe(0)
    expect(await sandbox.status(id)).toMatchObject({ codeScanned: true, intentSubmitted: true })
    expect(await statesOf(sandbox)).toEqual(['approved'])
  })

  test.each(['en', 'ar'])(
    'covers none of its words with the button that closes it, in %s',
    async (locale) => {
      const sandbox = await aLocalSandbox()
      const { page } = await aDesktop({ locale, viewport: { width: 320, height: 640 } })
      const { button, modal } = await anElement(page, sandbox.endpoint, { options: PAYMENT })
      await button.click()
      await modal.locator('.close').waitFor()
      const covered = await modal.locator('.notice').evaluate(`(() => {
      const words = document.createRange()
      words.selectNodeContents(document.querySelector('.notice'))
      const close = document.querySelector('.close').getBoundingClientRect()
      const isCovered = (line) =>
        line.left < close.right && line.right > close.left && line.top < close.bottom && line.bottom > close.top
      return [...words.getClientRects()].some(isCovered)
    })()`)
      expect(covered).toBe(false)
    },
  )

  test('asks the sequencer itself where no server has', async () => {
    const sandbox = await aLocalSandbox()
    const { modal, hears } = await aBuyerWhoDecides(sandbox)
    expect(await statesOf(sandbox)).toEqual(['pending'])
    await modal.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
    expect(await statesOf(sandbox)).toEqual(['approved'])
  })

  test('asks anew after a rejection', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { button, modal, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    for (let time = 0; time < 2; time++) {
      await modal.getByRole('button', { name: 'Reject' }).click()
      expect(await hears('cancel')).toEqual([['invoke'], CANCELLED])
      expect(await statesOf(sandbox)).toEqual(['rejected'])
      await button.click()
    }
    await modal.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
    expect(await statesOf(sandbox)).toEqual(['approved'])
  })

  test.each(['by its button', 'by Escape'])('closed %s, it leaves the intent payable', async (how) => {
    const sandbox = await aLocalSandbox()
    const { id, invoke } = await anOrder(sandbox)
    const { page, modal, modalFrame, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    if (how === 'by Escape') await page.keyboard.press('Escape')
    else await modal.getByRole('button', { name: 'Close' }).click()
    expect(await hears('cancel')).toEqual([['invoke'], CANCELLED])
    expect(await modalFrame.count()).toBe(0)
    expect((await sandbox.approve(id)).status).toBe(200)
  })

  test('shows that the code was scanned, and that the payment came from there', async () => {
    const sandbox = await aLocalSandbox()
    const { id, invoke } = await anOrder(sandbox)
    const { context, modal, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    const phone = await context.newPage()
    await phone.goto(`${sandbox.origin}/pay/${id}`)
    await modal.getByText('The code was scanned').waitFor()
    await phone.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
  })

  test('says who has too little, and lets another pay', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { modal, hears, expectComplaint } = await aBuyerWhoDecides(sandbox, { invoke })
    const { Dora, Ben } = await sandbox.users()
    expectComplaint(/409/)
    await modal.getByRole('combobox').selectOption(Dora?.user ?? '')
    await modal.getByRole('button', { name: 'Approve' }).click()
    await modal.getByText('Dora has 1,000 kin, but this payment needs 27,996').waitFor()
    await modal.getByRole('combobox').selectOption(Ben?.user ?? '')
    await modal.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
    expect(await sandbox.json('/wallet/requests')).toMatchObject([{ user: Ben?.user }])
  })

  test('says which status came when something before the sandbox answers, and lets the buyer try again', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { page, modal, hears, expectComplaint } = await aBuyerWhoDecides(sandbox, { invoke })
    expectComplaint(/502/)
    const fromProxy = { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }
    await page.route('**/approve', (route) => route.fulfill(fromProxy), { times: 1 })
    await modal.getByRole('button', { name: 'Approve' }).click()
    await modal.getByText('The sandbox answered 502.').waitFor()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
  })

  test('counts the minute once the stream is open', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const visitor = await aDesktop()
    let letThrough = () => {}
    const held = new Promise<void>((resolve) => (letThrough = resolve))
    await visitor.page.route('**/wallet/requests/*', (route) => held.then(() => route.continue()))
    const { button, modal } = await anElement(visitor.page, sandbox.endpoint, { options: PAYMENT, invoke })
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).waitFor()
    const time = modal.getByRole('progressbar', { name: 'Time until Code ends the stream' })
    expect(await time.count()).toBe(0)
    letThrough()
    await time.waitFor()
    expect(await time.getAttribute('max')).toBe('60')
  })

  test('tells the page when its minute is over', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { modal, modalFrame, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    await modal.getByText(/minute: \d+ s left/).waitFor()
    sandbox.clock.advance(60_000)
    sandbox.sandbox.endOldStreams()
    expect(await hears('error')).toEqual([['invoke'], ['error', 'stream_timed_out']])
    expect(await modalFrame.count()).toBe(0)
  })

  test('tells the page when the sequencer ends the stream for another reason', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { modal, hears } = await aBuyerWhoDecides(sandbox, { invoke })
    await modal.getByText(/minute: \d+ s left/).waitFor()
    sandbox.sandbox.endStreams()
    expect(await hears('error')).toEqual([['invoke'], ['error', 'stream_closed']])
  })

  test('says in the sequencer’s words that a second tab has the stream', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { modal: first } = await aBuyerWhoDecides(sandbox, { invoke })
    await first.getByText(/minute: \d+ s left/).waitFor()
    const { page } = await aDesktop()
    const options = { options: PAYMENT, invoke }
    const { button, modal, modalFrame, hears } = await anElement(page, sandbox.endpoint, options)
    await button.click()
    expect(await hears('error')).toEqual([['invoke'], ['error', 'stream already exists']])
    expect(await modalFrame.count()).toBe(1) // the element leaves it open, and the page may close it
    await modal.getByText('stream already exists').waitFor()
    await expectAccessibleFrames(page)
    await modal.getByRole('button', { name: 'Back to the shop' }).click()
    await hears('cancel')
  })

  test.each([
    ['refuse', 'injected fault: refused'],
    ['silent', 'The sequencer did not answer within 10 seconds.'],
    ['broken-bytes', 'The sequencer did not answer within 10 seconds.'],
  ])('says what happened when a fault is injected into its calls (%s)', async (calls, words) => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const visitor = await aDesktop()
    const { page } = visitor
    if (calls === 'broken-bytes') visitor.expectComplaint(/page error/)
    await page.clock.install()
    const { button, modal, hears } = await anElement(page, sandbox.endpoint, { options: PAYMENT, invoke })
    await setFault(sandbox, { calls })
    const asked = page.waitForEvent('websocket')
    await button.click()
    await asked
    if (calls !== 'refuse') await page.clock.fastForward(11_000)
    expect(await hears('error')).toEqual([['invoke'], ['error', words]])
    await modal.getByText(words).waitFor()
  })

  test('shows a code to scan where a phone can reach the wallet, and says how where it cannot', async () => {
    const reachable = await aLocalSandbox({ baseUrl: 'https://tunnel.example' })
    const { modal } = await aBuyerWhoDecides(reachable)
    const code = modal.getByRole('img', { name: /^QR code/ })
    expect(
      await code.evaluate((picture) => (picture as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0)
    const local = await aLocalSandbox()
    const { modal: other } = await aBuyerWhoDecides(local)
    await other.getByText('PUBLIC_URL').waitFor()
  })

  test('leads to the wallet’s page, the trace and the faults of its request, in tabs of their own', async () => {
    const sandbox = await aLocalSandbox()
    const { id, invoke } = await anOrder(sandbox)
    const { context, modal } = await aBuyerWhoDecides(sandbox, { invoke })
    const links = {
      'Open the test wallet': `/pay/${id}`,
      Trace: `/traces/${id}`,
      'Inject faults': `/faults?intent=${id}`,
    }
    for (const [name, path] of Object.entries(links)) {
      const opening = context.waitForEvent('page')
      await modal.getByRole('link', { name }).click()
      const opened = await opening
      await opened.getByRole('heading', { level: 1 }).waitFor()
      expect(opened.url()).toBe(sandbox.origin + path)
      await opened.close()
    }
  })

  test.each(['light', 'dark'] as const)('is read and worked by everybody (%s)', async (colorScheme) => {
    const sandbox = await aLocalSandbox()
    const { page, modal, hears } = await aBuyerWhoDecides(
      sandbox,
      {},
      { colorScheme, reducedMotion: 'reduce' },
    )
    await expectAccessibleFrames(page)
    const focused = () => modal.locator(':focus').evaluate((element) => element.textContent)
    expect(await focused()).toBe('$0.25')
    const around: (string | null)[] = []
    for (let stop = 0; stop < 8; stop++) {
      await page.keyboard.press('Tab')
      around.push(await focused())
    }
    const stops = [
      '×',
      expect.stringContaining('Ada'),
      'Reject',
      'Approve',
      'Open the test wallet',
      'Trace',
      'Inject faults',
    ]
    expect(around).toEqual([...stops, '×'])
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('Inject faults')
    await modal.getByRole('button', { name: 'Approve' }).focus()
    await page.keyboard.press('Enter')
    await hears('success')
  })
})

describeInBrowser('a login', () => {
  const verifier = Keypair.generate()
  const options = {
    mode: 'login',
    login: { domain: 'example.com', verifier: verifier.getPublicKey().toBase58() },
  }

  test('that the server has asked for is approved, or rejected', async () => {
    const sandbox = await aLocalSandbox()
    for (const [press, event, state] of [
      ['Reject', 'cancel', 'rejected'],
      ['Approve', 'success', 'approved'],
    ] as const) {
      const { clientSecret } = await loginIntents.create({ ...aLogin(verifier), endpoint: sandbox.endpoint })
      const invoke = `element.update({ clientSecret: '${clientSecret}' })`
      const { modal, hears } = await aBuyerWhoDecides(sandbox, { options, invoke })
      await modal.getByRole('heading', { name: 'Log in to example.com' }).waitFor()
      await modal.getByRole('button', { name: press }).click()
      await hears(event)
      expect((await statesOf(sandbox))[0]).toBe(state)
    }
  })

  test('that nobody has asked for is an error: only the verifier’s server can make it', async () => {
    const sandbox = await aLocalSandbox()
    const { page } = await aDesktop()
    const { button, modal, hears } = await anElement(page, sandbox.endpoint, { options })
    await button.click()
    expect(await hears('error')).toEqual([['invoke'], ['error', expect.stringContaining('verifier’s key')]])
    const trace = await modal.getByRole('link', { name: 'Trace' }).getAttribute('href', { timeout: 5_000 })
    expect(trace).toMatch(/\/traces\/\w+$/)
    await modal.getByRole('button', { name: 'Close' }).click()
    await hears('cancel')
  })
})

describeInBrowser('a tip', () => {
  test.each([
    ['Approve', SUCCEEDED],
    ['Reject', CANCELLED],
  ])('%s: the page hears of it, and nobody else does', async (press, told) => {
    const sandbox = await aLocalSandbox()
    const options = { mode: 'tip', platform: { name: 'x', username: 'somebody' } }
    const { page, modal, hears } = await aBuyerWhoDecides(sandbox, { options })
    await modal.getByRole('heading', { name: 'A tip for @somebody' }).waitFor()
    await expectAccessibleFrames(page)
    await modal.getByRole('button', { name: press }).click()
    expect(await hears(String(told[0]))).toEqual([['invoke'], told])
    expect(await statesOf(sandbox)).toEqual([])
  })
})

describeInBrowser('the page element', () => {
  test('shows the same at once, without a button', async () => {
    const sandbox = await aLocalSandbox()
    const { invoke } = await anOrder(sandbox)
    const { page } = await aDesktop()
    const { modal, hears } = await anElement(page, sandbox.endpoint, {
      kind: 'page',
      options: PAYMENT,
      invoke,
    })
    await modal.getByRole('button', { name: 'Approve' }).waitFor()
    await expectAccessibleFrames(page)
    expect(await modal.getByRole('button', { name: 'Close' }).count()).toBe(0)
    await modal.getByRole('button', { name: 'Approve' }).click()
    await hears('success')
  })

  test('leads a phone to the wallet when it is told to', async () => {
    const sandbox = await aLocalSandbox()
    const { id, invoke } = await anOrder(sandbox)
    const { page } = await aPhone()
    const { url, modal } = await anElement(page, sandbox.endpoint, { kind: 'page', options: PAYMENT, invoke })
    await modal.getByRole('button', { name: 'Open the test wallet' }).waitFor()
    await expectAccessibleFrames(page)
    await modal.getByRole('button', { name: 'Open the test wallet' }).tap()
    await page.waitForURL((address) => address.pathname === `/pay/${id}`)
    expect(new URL(page.url()).searchParams.get('success')).toBe(`${url}/`)
  })
})
