import { expect, test } from '@jest/globals'
import { aSandbox } from '../sandbox/a-sandbox.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'

/** A sandbox in which something of everything has happened; the addresses of its pages. */
async function aLivelySandbox() {
  const sandbox = await aSandbox()
  const { origin, create, register, approve, reject } = sandbox
  const [pending, approved, rejected] = [await create(), await create({ amount: 250 }), await create()]
  await register(approved, `${origin}/nobody`)
  await approve(approved)
  await reject(rejected)
  await sandbox.sandbox.deliverDue()
  const success = encodeURIComponent(`${origin}/success?redeem=0123456789abcdef0123456789abcdef`)
  return {
    sandbox,
    addresses: [
      `${origin}/`,
      `${origin}/pay/${pending}?success=${success}`,
      `${origin}/pay/${approved}?success=${success}&browser=another`,
      `${origin}/pay/${rejected}`,
      `${origin}/traces/${approved}`,
      `${origin}/faults`,
      `${origin}/faults?intent=${pending}`,
    ],
  }
}

const LOOKS: [string, (options: object) => Promise<Visitor>, object][] = [
  ['at a desk, in light', aDesktop, { colorScheme: 'light' }],
  ['with a phone, in the dark', aPhone, { colorScheme: 'dark' }],
]

describeInBrowser('the pages of the sandbox', () => {
  test.each(LOOKS)(
    'are readable by everybody %s',
    async (_look, aVisitor, options) => {
      const { addresses } = await aLivelySandbox()
      const { page } = await aVisitor(options)
      for (const address of addresses) {
        await page.goto(address)
        await expectAccessible(page)
      }
    },
    120_000,
  )

  test('fit the narrowest screen', async () => {
    const { addresses } = await aLivelySandbox()
    const { page } = await aPhone({ viewport: { width: 320, height: 600 } })
    for (const address of addresses) {
      await page.goto(address)
      expect(await isTooWide(page)).toBe(false)
    }
  })

  test('explain a mistake as well', async () => {
    const { sandbox } = await aLivelySandbox()
    const visitor = await aDesktop()
    visitor.expectComplaint(/404/)
    await visitor.page.goto(`${sandbox.origin}/nothing`)
    await expectAccessible(visitor.page)
  })

  test('update a trace before the reader’s eyes, under their policy', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const { page } = await aDesktop()
    await page.goto(`${sandbox.origin}/traces/${intent}`)
    await page.getByText('OK: the intent is created').waitFor()
    await page.getByText('This page updates automatically.').waitFor()
    await sandbox.approve(intent)
    await page.locator('[data-trace]').getByText('submits the payment').waitFor()
  })

  test('read aloud what comes to a trace, and not that it was repeated', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const { page } = await aDesktop()
    await page.goto(`${sandbox.origin}/traces/${intent}`)
    const said = page.getByRole('status')
    await sandbox.status(intent)
    await said.getByText('getStatus; not submitted yet').waitFor()
    await said.evaluate((status) => (status.textContent = 'unchanged'))
    await sandbox.status(intent)
    await page.getByText('2 times, most recently at').waitFor()
    expect(await said.textContent()).toBe('unchanged')
    expect(await page.locator('[aria-live]').count()).toBe(0)
  })

  test('promise no updates of a trace without JavaScript', async () => {
    const sandbox = await aSandbox()
    const { page } = await aDesktop({ javaScriptEnabled: false })
    await page.goto(`${sandbox.origin}/traces/${await sandbox.create()}`)
    await page.getByText('OK: the intent is created').waitFor()
    expect(await page.getByText('This page updates automatically.').isVisible()).toBe(false)
  })

  test('are worked without JavaScript', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const { page } = await aDesktop({ javaScriptEnabled: false })
    await page.goto(`${sandbox.origin}/faults`)
    await page.getByLabel('Webhooks to the shop').selectOption('twice')
    await page.getByRole('button', { name: 'Set' }).click()
    await page.getByRole('link', { name: 'Requests' }).click()
    await page.getByText('Fault injection is on: calls none, webhooks twice').waitFor()
    await page.goto(`${sandbox.origin}/pay/${intent}`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved by Ada.').waitFor()
  })
})
