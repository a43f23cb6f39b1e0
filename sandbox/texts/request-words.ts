type Words = Record<'to' | 'by' | 'sharesWith' | 'intent' | 'user' | 'approve' | 'reject', string>

interface Frames extends Words {
  owner: (name: string, kin: string) => string
  said: { loginTo: string }
}

/** What the wallet's page says of a request in the words of the button's frame. */
export function requestWords(frames: Frames) {
  const { to, by, sharesWith, intent, user, owner, approve, reject, said } = frames
  const loginTo = (domain: string) => said.loginTo.replace('{domain}', domain)
  return { to, by, sharesWith, intent, user, owner, approve, reject, loginTo }
}
