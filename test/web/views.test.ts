import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import express from 'express'
import supertest from 'supertest'
import { createViewEngine } from '../../server/web/index.ts'
import { aFolder } from '../support/workplace.ts'

/** An app with these templates, by their paths without `.ejs`. */
function anApp(templates: Record<string, string>, reload: boolean) {
  const folder = aFolder()
  const pathOf = (name: string) => join(folder, `${name}.ejs`)
  mkdirSync(join(folder, 'parts'))
  mkdirSync(join(folder, 'pages'))
  const write = (name: string, text: string) => writeFileSync(pathOf(name), text)
  for (const [name, text] of Object.entries(templates)) write(name, text)
  const app = express()
  app.engine('ejs', createViewEngine({ reload }))
  app.set('views', folder)
  app.set('view engine', 'ejs')
  app.locals.shop = 'Nickel'
  app.get('/', (_req, res) => res.render('pages/page', { title: '<One>' }))
  const page = async () => (await supertest(app).get('/')).text
  return { page, write, remove: (name: string) => rmSync(pathOf(name)) }
}

const PAGE = {
  'pages/page': `<%= title %> <%- include('../parts/part', { own: 'two' }) -%> <%= typeof own %>`,
  'parts/part': `(<%= shop %>, <%= title %>, <%= own %>, <%= locals.missing %>)`,
}

test('what is included sees the page’s values, its own, and hands none back', async () => {
  for (const reload of [true, false])
    expect(await anApp(PAGE, reload).page()).toBe('&lt;One&gt; (Nickel, &lt;One&gt;, two, ) undefined')
})

test('templates are read once', async () => {
  const { page, write, remove } = anApp(PAGE, false)
  const before = await page()
  write('pages/page', 'changed')
  remove('parts/part')
  expect(await page()).toBe(before)
})

test('templates are read each time where they are being worked on, and a mistake is shown with its line', async () => {
  const { page, write } = anApp(PAGE, true)
  await page()
  write('parts/part', 'changed')
  expect(await page()).toBe('&lt;One&gt; changed undefined')
  write('parts/part', 'one\n<%= nobodyKnows %>')
  expect(await page()).toMatch(/parts\/part\.ejs:2.*nobodyKnows is not defined/s)
})
