// The messages between a frame and its page, in the format of Code's elements:
// `{ id, type: 'event', payload: { event, args } }`.

export interface Channel {
  /** What the page requests, decoded from the fragment and not yet checked */
  options: Record<string, unknown>
  emit(event: string, args?: unknown): void
  on(event: string, handle: (args: unknown) => void): void
}

/** Opens the channel that the fragment names: `#/{id}/p={options}`. Returns undefined in a frame that is only preloaded. */
export function openChannel(): Channel | undefined {
  const [, id, encoded] = /^#\/([^/]+)\/p=(.*)$/.exec(location.hash) ?? []
  if (!id || encoded === undefined || id === 'preload') return undefined
  return {
    options: decode(encoded),
    emit: (event, args) => parent.postMessage({ id, type: 'event', payload: { event, args } }, '*'),
    on: (event, handle) =>
      addEventListener('message', ({ source, data }) => {
        const isOurs = source === parent && data?.type === 'event' && data.id === id
        if (isOurs && data.payload?.event === event) handle(data.payload.args)
      }),
  }
}

/** Does the same as `decode` of @code-wallet/intents, which would pull the whole package into the button. */
function decode(encoded: string): Record<string, unknown> {
  return JSON.parse(atob(decodeURIComponent(encoded)))
}
