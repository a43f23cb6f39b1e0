import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ejs from 'ejs'
import type { Response } from 'express'

type Data = Record<string, unknown>
type Done = (error: unknown, html?: string) => void

/**
 * ejs for Express, which reads each template once: ejs by itself looks at every render whether what a template includes
 * is still there. With `reload` a template is read each time, and what goes wrong in it is told with its line.
 */
export function createViewEngine({ reload }: { reload: boolean }) {
  const templates = new Map<string, ejs.TemplateFunction>()

  function render(path: string, data: Data): string {
    const include = (name: string, own: Data) =>
      render(join(dirname(path), `${name}.ejs`), { ...data, ...own })
    return findTemplate(path)({ ...data, include })
  }

  function findTemplate(path: string): ejs.TemplateFunction {
    const template =
      templates.get(path) ?? ejs.compile(readFileSync(path, 'utf8'), { filename: path, compileDebug: reload })
    if (!reload) templates.set(path, template)
    return template
  }

  return function renderFile(path: string, data: object, done: Done): void {
    let html: string
    try {
      html = render(path, data as Data)
    } catch (error) {
      done(error)
      return
    }
    done(null, html)
  }
}

/** Sends a page that nothing keeps, so that nobody would ever ask whether its ETag is still the same. */
export async function sendPrivatePage(res: Response, view: string, data: object): Promise<void> {
  const page = await new Promise<Buffer>((resolve, reject) => {
    res.render(view, data, (error, html) => (error ? reject(error) : resolve(Buffer.from(html))))
  })
  res.type('html').set('Content-Length', String(page.length)).end(page)
}
