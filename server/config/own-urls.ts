interface Given {
  publicUrl: () => string | undefined
  localUrl: string
  localOrigins: readonly string[]
  /** Where the sequencer can deliver webhooks; `either` is the public URL, if there is one */
  deliversTo: 'local' | 'public' | 'either'
}

/**
 * The shop's own URLs. The public one may change while the shop runs, so all of them are functions: call them where a URL is
 * needed, and don't keep the result.
 */
export function openOwnUrls({ publicUrl, localUrl, localOrigins, deliversTo }: Given) {
  let origins = withOrigin(undefined, localOrigins)
  return {
    /** PUBLIC_URL, or what data/public-url says; undefined if others can't reach the shop */
    publicUrl,
    /** The base of every URL that leaves the shop */
    url: () => publicUrl() ?? localUrl,
    /** The origins of the shop's own pages; requests from any other are cross-site. The same array until the public URL changes. */
    origins() {
      const url = publicUrl()
      if (url !== origins.publicUrl) origins = withOrigin(url, localOrigins)
      return origins.all
    },
    /** Where the sequencer delivers webhooks; undefined if it can't */
    webhookUrl() {
      const base =
        deliversTo === 'local' ? localUrl : (publicUrl() ?? (deliversTo === 'either' ? localUrl : undefined))
      return base && `${base}/webhook`
    },
  }
}

function withOrigin(publicUrl: string | undefined, localOrigins: readonly string[]) {
  const all: readonly string[] = [...new Set([...(publicUrl ? [publicUrl] : []), ...localOrigins])]
  return { publicUrl, all: Object.freeze(all) }
}
