// In this order: browsers also name those that they resemble.
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser says about itself, for people: `{ name: 'Firefox 145', system: 'Linux' }`. Undefined where it is unclear. */
export function nameBrowser(agent: string): { name: string | undefined; system: string | undefined } {
  const [pattern, browser] = BROWSERS.find(([pattern]) => pattern.test(agent)) ?? []
  const version = pattern?.exec(agent)?.[1]
  return {
    name: browser && `${browser} ${version}`,
    system: SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1],
  }
}
