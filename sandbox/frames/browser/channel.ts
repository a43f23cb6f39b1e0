// Between a frame and the page around it, as Code's elements speak: `{ id, type: 'event', payload: { event, args } }`.

export interface Channel {
  /** What the page asks for, decoded from the fragment; not yet held against anything */
  options: Record<string, unknown>
  emit(event: string, args?: unknown): void
  on(event: string, hear: (args: unknown) => void): void
}

/** The channel that the fragment names: `#/{id}/p={options}`. None in a frame that is only loaded in advance. */
export function openChannel(): Channel | undefined {
  const [, id, encoded] = /^#\/([^/]+)\/p=(.*)$/.exec(location.hash) ?? []
  if (!id || encoded === undefined || id === 'preload') return undefined
  return {
    options: decode(encoded),
    emit: (event, args) => parent.postMessage({ id, type: 'event', payload: { event, args } }, '*'),
    on: (event, hear) =>
      addEventListener('message', ({ source, data }) => {
        const isOurs = source === parent && data?.type === 'event' && data.id === id
        if (isOurs && data.payload?.event === event) hear(data.payload.args)
      }),
  }
}

/** As `decode` of @code-wallet/intents, which would bring its whole package into the button. */
function decode(encoded: string): Record<string, unknown> {
  return JSON.parse(atob(decodeURIComponent(encoded)))
}
