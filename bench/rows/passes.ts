import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onExit } from '../cleanup.ts'
import { freshDatabase } from '../databases.ts'
import { PASS_TAG, PRODUCT } from '../order-tables.ts'
import {
  addOpenOrders,
  makePasses,
  type OpenOrder,
  pageFor,
  sequencerKey,
  storefrontFor,
  webhookFor,
} from '../orders.ts'
import { FOLDER, type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const PRODUCTS = 10_000
const PRODUCTS_IN_SHORT = 100
const FEW = 10
const BUYERS = 200
const OWN = ['catalog', 'data', 'scripts'] // of a project: what isn't linked

/** Compares a pass for all of many products to one for ten of them, in two shops that sell the same. */
export async function passes({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const products = short ? PRODUCTS_IN_SHORT : PRODUCTS
  const servers = { few: begin('few', products, FEW), many: begin('many', products, products) }
  return together(servers, async (shops) => {
    const buyers = { few: await sell(shops.few, 'few'), many: await sell(shops.many, 'many') }
    const look = (requestFor: (order: OpenOrder) => Buffer, times: number) => {
      const requests = (name: keyof typeof buyers) =>
        Array.from({ length: short ? 1 : times }, () => buyers[name].map(requestFor)).flat()
      const [few, many] = [requests('few'), requests('many')]
      return inTurn(rounds, progress, {
        few: () => deliver(shops.few, few),
        many: () => deliver(shops.many, many),
      })
    }
    return [
      report(
        `storefront with a pass for ${products.toLocaleString('en')} products`,
        await look(storefrontFor, 5),
      ),
      report(`page that such a pass opens`, await look(pageFor, 20)),
    ]
  })
}

function begin(name: string, products: number, tagged: number): () => Promise<Running> {
  const project = writeProject(name, products, tagged)
  return () => startShop(databaseOf(name), sequencerKey.publicKey, {}, project)
}

const databases = new Map<string, string>()

function databaseOf(name: string): string {
  const url = databases.get(name) ?? freshDatabase(`pass-${name}`)
  databases.set(name, url)
  return url
}

/** This project with another catalogue: the product that is looked at, the pass, and others, the first ones with the tag. */
function writeProject(name: string, products: number, tagged: number): string {
  const project = join(FOLDER, `passes-${name}`)
  const folder = join(project, 'catalog')
  const remove = () => rmSync(project, { recursive: true, force: true })
  remove()
  onExit(remove)
  mkdirSync(folder, { recursive: true })
  cpSync('scripts', join(project, 'scripts'), { recursive: true }) // a start goes to the folder above its script
  for (const other of readdirSync('.').filter((each) => !OWN.includes(each)))
    symlinkSync(resolve(other), join(project, other))
  const write = (slug: string, fields: string) =>
    writeFileSync(
      join(folder, `${slug}.md`),
      `---\ntitle: ${slug}\nprice: 0.05 usd\nsummary: Measured.\n${fields}\n---\nFree.\n\n<!-- more -->\n\nPaid.\n`,
    )
  const tags = `tags: [${PASS_TAG}]`
  write('pass', `kind: pass\nopens: ${PASS_TAG}\ndays: 30\norder: 1`)
  write(PRODUCT, `kind: article\n${tags}`)
  for (let number = 1; number < products; number++)
    write(
      `article-${number}`,
      `kind: article\norder: ${number + 1}\n${number < tagged ? tags : 'tags: [others]'}`,
    )
  return project
}

/** Adds buyers who have paid for a pass. */
async function sell(shop: Running, name: string): Promise<OpenOrder[]> {
  const orders = await addOpenOrders(databaseOf(name), BUYERS)
  makePasses(databaseOf(name))
  await deliver(shop, orders.map(webhookFor))
  return orders
}

type Results = Record<'few' | 'many', Awaited<ReturnType<typeof deliver>>[]>

function report(what: string, { few, many }: Results): Measure {
  return {
    measure: what,
    compared: `processor time per request / the same with a pass for ${FEW} of them; 50 at a time`,
    unit: '×',
    ...ratio(many, few, 'cpuMs'),
    must: ['≤', 1.2],
    figures: {
      'with many, per second': typical(many, 'perSecond'),
      'with few, per second': typical(few, 'perSecond'),
      'with many, processor ms per request': typical(many, 'cpuMs'),
      'with few, processor ms per request': typical(few, 'cpuMs'),
    },
  }
}
