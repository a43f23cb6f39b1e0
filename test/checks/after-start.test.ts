import { expect, test } from '@jest/globals'
import { startExamination } from '../../server/checks/index.ts'
import { signIn, TOKEN } from '../support/desk.ts'
import { aPatient } from '../support/doctor.ts'
import { aShop } from '../support/shop.ts'

test('a live shop that nobody at Code answers says so on its desk and in its log, and sells on', async () => {
  const shop = await aShop({ config: { mode: 'live', adminToken: TOKEN } })
  const { network, config } = await aPatient()
  const merchant = await signIn(shop)
  const checks = async () => (await merchant.get('/desk/checks').expect(200)).text
  expect(await checks()).toContain('the checks are not finished')
  // As the configuration of a live shop has it, while buyers of this test pay at the sandbox
  const examined = { ...shop.shop, config: { ...config, databaseUrl: shop.databaseUrl } }
  await startExamination(examined, network)?.done
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
