/** Returns a signal that aborts a fetch after so many milliseconds. AbortSignal.timeout() is newer than the oldest browsers that can pay. */
export function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ms)
  return controller.signal
}
