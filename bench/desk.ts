import type { Running } from './processes.ts'

export const ADMIN_TOKEN = 'the-token-with-which-the-bench-signs-in'

/** Signs in to the desk of a shop that has this ADMIN_TOKEN. Returns the cookie. */
export async function signInToDesk({ port }: Running): Promise<string> {
  const url = `http://127.0.0.1:${port}/desk/sign-in`
  const page = await fetch(url, { headers: { Accept: 'text/html' } })
  const form = /name="form" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const answer = await fetch(url, {
    method: 'POST',
    headers: { Cookie: cookiesOf(page) },
    body: new URLSearchParams({ form, token: ADMIN_TOKEN, to: '/desk' }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`Signing in was answered with ${answer.status}`)
  return cookiesOf(answer)
}

function cookiesOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
