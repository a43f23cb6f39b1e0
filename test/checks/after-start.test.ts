import { expect, test } from '@jest/globals'
import { startExamination } from '../../server/checks/index.ts'
import { systemClock } from '../../server/time.ts'
import { signIn, TOKEN } from '../support/desk.ts'
import { aPatient, aProxyTo, SHOP } from '../support/doctor.ts'
import { aShop } from '../support/shop.ts'
import { aStartedShop } from '../support/started.ts'

test('a live shop that nobody at Code answers says so on its desk and in its log, and sells on', async () => {
  const shop = await aShop({ config: { mode: 'live', adminToken: TOKEN } })
  const { network, config } = await aPatient()
  const merchant = await signIn(shop)
  const checks = async () => (await merchant.get('/desk/checks').expect(200)).text
  expect(await checks()).toContain('the checks are not finished')
  // As the configuration of a live shop has it, while buyers of this test pay at the sandbox
  const examined = { ...shop.shop, config: { ...config, databaseUrl: shop.databaseUrl } }
  await startExamination(examined, network, [0])?.done
  const page = await checks()
  expect(page).toContain('This shop cannot take real payments through Code now')
  expect(page).toContain('https://cash.getcode.com/v1')
  expect(page.indexOf('>Broken<')).toBeLessThan(page.indexOf('>Fine<'))
  expect((await merchant.get('/desk').expect(200)).text).toMatch(
    /\d things on which real payments depend were broken/,
  )
  expect(shop.logged).toContainEqual(expect.objectContaining({ level: 40, check: 'sequencer' }))
  await shop.request().get('/products/article').expect(200)
})

test('what comes up after the shop is news for its desk and its log only until then', async () => {
  const shop = await aShop({ config: { mode: 'live', adminToken: TOKEN } })
  const { answerAsCode, host, network, config } = await aPatient()
  await answerAsCode()
  await host(SHOP, aProxyTo((await aStartedShop()).url))
  const merchant = await signIn(shop)
  const found: string[] = []
  network.resolve = async (name) => {
    if (name !== new URL(SHOP).hostname) return ['198.51.100.7']
    found.push((await merchant.get('/desk').expect(200)).text)
    return found.length < 3 ? [] : ['198.51.100.7']
  }
  // The file of this test's own database may be in memory, which is called broken
  const databaseUrl = 'postgres://shop@127.0.0.1/shop'
  const examined = { ...shop.shop, clock: systemClock, config: { ...config, databaseUrl } }
  await startExamination(examined, network, [0, 0, 0, 0])?.done
  expect(found.map((page) => /\d thing on which real payments depend was broken/.test(page))).toEqual([
    false,
    true,
    true,
  ])
  expect((await merchant.get('/desk').expect(200)).text).not.toContain('on which real payments depend')
  const warnings = shop.logged.filter(({ level, check }) => level === 40 && check !== undefined)
  expect(warnings).toEqual([expect.objectContaining({ check: 'dns' })])
})

test('a sandbox is not examined, and its desk says what to run', async () => {
  const shop = await aShop({ config: { adminToken: TOKEN } })
  expect(startExamination(shop.shop)).toBeUndefined()
  const { text } = await (await signIn(shop)).get('/desk/checks').expect(200)
  expect(text).toContain('npm run doctor')
})

test('an examination that is stopped leaves nothing on the desk', async () => {
  const { network, config, host, CODE } = await aPatient()
  await host(CODE, () => undefined) // it hears, and never answers
  const shop = await aShop()
  const running = startExamination(
    { ...shop.shop, config: { ...config, databaseUrl: shop.databaseUrl } },
    network,
  )
  running?.stop()
  await running?.done
  expect(shop.shop.examination.report).toBeUndefined()
})
