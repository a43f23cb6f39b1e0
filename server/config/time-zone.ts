const NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/ // not an offset like +02:00: that has no summer

/** Returns whether Intl knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
