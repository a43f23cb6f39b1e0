type Words = Record<'to' | 'by' | 'sharesWith' | 'intent' | 'user' | 'approve' | 'reject', string>

/** What the wallet's page says of a request in the words of the button's frame. */
export function requestWords(frames: Words & { said: { loginTo: string } }) {
  const { to, by, sharesWith, intent, user, approve, reject, said } = frames
  const loginTo = (domain: string) => said.loginTo.replace('{domain}', domain)
  return { to, by, sharesWith, intent, user, approve, reject, loginTo }
}
