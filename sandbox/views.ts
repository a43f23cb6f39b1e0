import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import type { Express } from 'express'
import { en } from './texts/index.ts'

const FOLDER = fileURLToPath(new URL('./views', import.meta.url))

/** Lets an app render the templates in `views/`. In production, Express's `view cache` keeps them compiled. */
export function useViews(app: Express, folder = FOLDER): void {
  const eta = new Eta({ views: folder, cache: app.enabled('view cache'), autoTrim: false })
  app.set('views', folder)
  app.set('view engine', 'eta')
  app.engine('eta', (path, values, done) => {
    try {
      done(null, eta.render(relative(folder, path), { texts: en, ...values }))
    } catch (error) {
      done(error)
    }
  })
}
