import type { BrowserContext } from 'playwright-core'

/** The errors that a browser reports while a server is stopping, and afterwards. */
export const SERVER_GONE = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)/

export interface Watch {
  requests: string[]
  expectComplaint(text: string | RegExp): void
  /** What was complained about and not expected, and what was expected and never came */
  complaints(): string[]
}

// As text, like all that runs in the page: this side of the tests is typed for Node, without `document`.
const TELL_VIOLATIONS = `
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, documentURI }) =>
    tellViolation(effectiveDirective + ' blocks ' + blockedURI + ' on ' + documentURI))`

/** Listens to everything that a browser complains about: console, errors, the page's policy, requests. */
export async function watch(context: BrowserContext): Promise<Watch> {
  const heard: string[] = []
  const expected: (string | RegExp)[] = []
  const requests: string[] = []

  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      heard.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => heard.push(`page error: ${error.error().stack}`))
  context.on('request', (request) => requests.push(request.url()))
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // The page's own change of mind: it was left, or a frame was taken away, while something loaded.
    if (reason !== 'net::ERR_ABORTED') heard.push(`request failed: ${reason} (${request.url()})`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) heard.push(`request answered: ${response.status()} (${response.url()})`)
  })
  await context.exposeFunction('tellViolation', (violation: string) => heard.push(`policy: ${violation}`))
  await context.addInitScript({ content: TELL_VIOLATIONS })

  return {
    requests,
    expectComplaint: (text) => void expected.push(text),
    complaints: () => [
      ...heard.filter((complaint) => !expected.some((text) => matches(complaint, text))),
      ...expected
        .filter((text) => !heard.some((complaint) => matches(complaint, text)))
        .map((text) => `expected, and not heard: ${text}`),
    ],
  }
}

function matches(complaint: string, text: string | RegExp): boolean {
  return typeof text === 'string' ? complaint.includes(text) : text.test(complaint)
}
