import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta, type TemplateFunction } from 'eta'
import type { Response } from 'express'
import type { Notices } from './notices.ts'

/** The pages' templates. */
export interface Views {
  /** Renders a page: `render('catalog/product', { product })` fills `catalog/product.eta`. Throws what the template throws. */
  render(view: string, values: object): string
  /**
   * Renders a page of which only one part, `own`, differs between its readers; the template prints it as `it.own`.
   * Everything else is rendered and encoded once for each key and variant, so `values` must depend on nothing else.
   */
  renderAround(own: string, of: { key: object; variant: string }, view: string, values: () => object): Buffer
}

interface Options {
  folder: string
  /** Read a template at every render: for development */
  reload: boolean
  /** Returns what every template can use, such as `asset`: the same object until something in it has changed */
  shared: () => object
  /** What every page shows to the merchant, as `it.notices` */
  notices?: Notices | undefined
}

interface Templates extends Options {
  eta: Eta
  /** What surrounds `own`, by view with its variant and by key, with the notices and the shop's identity of that time on it */
  frames: Map<string, WeakMap<object, Frame>>
  framedNotices: string
  framedShared: object | undefined
  /** By view; stays empty in development */
  compiled: Map<string, Compiled>
}

interface Compiled {
  template: TemplateFunction
  filepath: string
}

interface Frame {
  before: Buffer
  after: Buffer
}

const SLOT = `<!-- ${randomUUID()} -->` // content can't contain what is random

/**
 * Has Eta merge values without spreads, as it does for each part of a page. On Node 20, a property that is new behind a spread
 * costs a microsecond, and memory that only a full garbage collection frees: a template with a layout and parts took twice as long.
 */
const merging = {
  processFnString: (code: string) =>
    code
      .replaceAll('{...it, ...(__eta_d ?? {})}', 'Object.assign({}, it, __eta_d)')
      .replace(
        '{...it, body: __eta.res, ...__eta.layoutData, __blocks: __eta.blocks}',
        'Object.assign({}, it, { body: __eta.res }, __eta.layoutData, { __blocks: __eta.blocks })',
      ),
}

/** Opens the templates in a folder. They print with `<%= %>`, which escapes; `<%~ %>` prints as it is. */
export function openViews(options: Options): Views {
  const eta = new Eta({
    views: options.folder,
    cache: !options.reload,
    debug: true, // an error names file and line; that takes no time
    autoTrim: false, // by default a line break after a value is dropped, and two words become one
    autoFilter: true,
    filterFunction: printable,
    plugins: [merging],
  })
  const templates = {
    ...options,
    eta,
    frames: new Map(),
    framedNotices: '',
    framedShared: undefined,
    compiled: new Map(),
  }
  return {
    render: (view, values) => render(templates, view, values),
    renderAround: (own, ...frame) => surround(own, findFrame(templates, ...frame)),
  }
}

/** A misspelled name would be the word "undefined" on a page that takes money. */
function printable(value: unknown): string {
  if (value === undefined) throw new TypeError('A template prints a value that it was not given')
  return String(value)
}

function render(templates: Templates, view: string, values: object): string {
  const { eta, shared, notices, reload } = templates
  const data = Object.assign({ notices: [...(notices?.values() ?? [])] }, shared(), values) // faster than a spread
  if (reload) return eta.render(view, data)
  const { template, filepath } = compiledOf(templates, view)
  return template.call(eta, data, { filepath, async: false }) // as eta.render() would, but it adds `async` behind a spread
}

/** Compiles a template once. Given a name, Eta would work out the path of its file at each render, which takes as long as a small page. */
function compiledOf({ eta, folder, compiled }: Templates, view: string): Compiled {
  const known = compiled.get(view) ?? compile(eta, join(folder, `${view}.eta`))
  compiled.set(view, known)
  return known
}

function compile(eta: Eta, filepath: string): Compiled {
  return { template: eta.compile(readFileSync(filepath, 'utf8'), { filepath }), filepath }
}

function findFrame(
  templates: Templates,
  { key, variant }: { key: object; variant: string },
  view: string,
  values: () => object,
): Frame {
  dropOutdatedFrames(templates)
  const name = `${view} ${variant}`
  const frames = templates.frames.get(name) ?? new WeakMap<object, Frame>()
  const frame = frames.get(key) ?? renderFrame(templates, view, values())
  if (!templates.reload) templates.frames.set(name, frames.set(key, frame))
  return frame
}

function dropOutdatedFrames(templates: Templates): void {
  const notices = [...(templates.notices?.values() ?? [])].join('\n')
  const shared = templates.shared()
  if (notices === templates.framedNotices && shared === templates.framedShared) return
  templates.framedNotices = notices
  templates.framedShared = shared
  templates.frames.clear()
}

function renderFrame(templates: Templates, view: string, values: object): Frame {
  const [before, after, ...more] = render(templates, view, { ...values, own: SLOT }).split(SLOT)
  if (before === undefined || after === undefined || more.length > 0)
    throw new TypeError(`${view} must print it.own exactly once`)
  return { before: Buffer.from(before), after: Buffer.from(after) }
}

function surround(own: string, { before, after }: Frame): Buffer {
  return Buffer.concat([before, Buffer.from(own), after])
}

/** Sends an uncacheable page. Skips the ETag, since nothing will ever revalidate it. */
export function sendPrivatePage(res: Response, page: string | Buffer): void {
  const body = typeof page === 'string' ? Buffer.from(page) : page
  res.setHeader('Content-Type', 'text/html; charset=utf-8').setHeader('Content-Length', body.length).end(body)
}
