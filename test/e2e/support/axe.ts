import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from '@jest/globals'
import type { Frame, Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OPTIONS = `{ resultTypes: ['violations'] }` // describing what passes takes longer than finding what doesn't

interface Violation {
  id: string
  help: string
  nodes: { html: string }[]
}

/**
 * Expects that axe finds nothing on the page, once it is loaded, frames of any origin included. It calls axe-core directly:
 * `@axe-core/playwright` loads the unminified axe twice and opens a page for the result, which takes three times the
 * processor time.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState()
  const violations = page.frames().length > 1 ? await analyzeWithFrames(page) : await analyze(page)
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }))
  expect(found).toEqual([])
}

function analyze(page: Page): Promise<Violation[]> {
  return page.evaluate(`${AXE}; axe.run(document, ${OPTIONS}).then(({ violations }) => violations)`)
}

/** A page can't look into frames of another origin, so each is analyzed by itself, and axe merges the results. */
async function analyzeWithFrames(page: Page): Promise<Violation[]> {
  const results = JSON.stringify(await analyzePartially(page.mainFrame(), 'document'))
  return page.evaluate(`axe.finishRun(${results}, ${OPTIONS}).then(({ violations }) => violations)`)
}

/** Returns the frame's own result, then those of the frames in it, in the order in which axe expects them. */
async function analyzePartially(frame: Frame, context: string): Promise<unknown[]> {
  await frame.evaluate(AXE)
  const inside: { frameSelector: string[]; frameContext: object }[] = await frame.evaluate(
    `axe.utils.getFrameContexts(${context})`,
  )
  const results: unknown[] = [await frame.evaluate(`axe.runPartial(${context}, ${OPTIONS})`)]
  for (const { frameSelector, frameContext } of inside) {
    const element = await frame.evaluateHandle(`axe.utils.shadowSelect(${JSON.stringify(frameSelector)})`)
    const inner = await element.asElement()?.contentFrame()
    if (!inner) throw new Error(`axe cannot look into the frame ${frameSelector}`)
    results.push(...(await analyzePartially(inner, JSON.stringify(frameContext))))
  }
  return results
}
