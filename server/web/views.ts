import { Eta } from 'eta'
import type { Response } from 'express'

/** The pages' templates. */
export interface Views {
  /** A whole page: `render('catalog/product', { product })` fills `catalog/product.eta`. Throws what the template throws. */
  render(view: string, values: object): string
}

interface Options {
  folder: string
  /** Read a template at every render, and name file and line when it fails: for development */
  reload: boolean
  /** What every template can use, such as `asset` */
  shared: object
}

/** Opens the templates in a folder. They print with `<%= %>`, which escapes; `<%~ %>` prints as it is. */
export function openViews({ folder, reload, shared }: Options): Views {
  const eta = new Eta({
    views: folder,
    cache: !reload,
    debug: reload,
    autoTrim: false, // by default a line break after a value is dropped, and two words become one
    autoFilter: true,
    filterFunction: printable,
  })
  return { render: (view, values) => eta.render(view, { ...shared, ...values }) }
}

/** A misspelled name would be the word "undefined" on a page that takes money. */
function printable(value: unknown): string {
  if (value === undefined) throw new TypeError('A template prints a value that it was not given')
  return String(value)
}

/** Sends an uncacheable page. Skips the ETag, since nothing will ever revalidate it. */
export function sendPrivatePage(res: Response, html: string): void {
  const page = Buffer.from(html)
  res.type('html').set('Content-Length', String(page.length)).end(page)
}
