import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'

/** axe finds nothing on the page as it is now, frames included. */
export async function expectAccessible(page: Page): Promise<void> {
  const hasFrames = page.frames().length > 1 // without any, axe can do without a page of its own, in about half the time
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(!hasFrames).analyze()
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }))
  expect(found).toEqual([])
}
