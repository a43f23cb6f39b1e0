import { join } from 'node:path'
import type { Clock } from '../time.ts'
import type { Logger, Notices } from '../web/index.ts'
import { assemble, type Contents } from './assemble.ts'
import type { CodeRules } from './code-rules.ts'
import { type Coupon, type CouponFile, findCoupon, listCoupons, readCoupons } from './coupons/index.ts'
import {
  DEFAULT_IDENTITY,
  type Identity,
  type IdentityFiles,
  readIdentity,
  readLanguage,
} from './identity/index.ts'
import {
  CatalogError,
  type Look,
  type PaidContent,
  type Picture,
  type Product,
  type SoldFile,
} from './product.ts'
import { type ProductFile, type ProductFiles, readChanges } from './product-files.ts'
import { reportProducts } from './report-faults.ts'

/** The catalogue's folder as it was last read. Use it through the functions of this file. */
export interface Catalog extends Options {
  files: ProductFiles
  contents: Contents
  identity: IdentityFiles
  coupons: CouponFile
  /** The look for changes that is going on, and when the next one is worth its time, by performance.now() */
  look: Promise<void> | undefined
  nextLookAt: number
  /** What was wrong when it was last looked at, a line for each faulty file */
  faults: readonly string[]
  /** Paths of files that products or pages have named and that were missing when they were last needed */
  missing: Set<string>
  /** Pictures that the shop can't draw, of which the log has an alert once: the names of icons, and `titles` for all of those */
  undrawn: Set<string>
  /** The newest look at each file that is for sale */
  looks: WeakMap<SoldFile, Look>
}

interface Options {
  folder: string
  /** Look for changed files at requests: for development */
  reload: boolean
  clock: Clock
  log: Pick<Logger, 'info' | 'error'>
  /** TIME_ZONE, if it is set */
  timeZone?: string | undefined
  /** What the configuration allows of payments; undefined: whatever Code takes */
  codeRules?: CodeRules | undefined
  /** Where pages find what is wrong */
  notices?: Notices
}

/**
 * Opens the folder with one Markdown file for each product. A product whose file has a fault isn't for sale; everything else
 * is. Throws CatalogError if the folder can't be read, or if something is wrong with `shop.yaml` or `coupons.yaml`.
 */
export function openCatalog(options: Options): Catalog {
  const files = readAll(options)
  const identity = readIdentity(surroundingsOf(options, files))
  const contents = assemble(files, identity.shown)
  const coupons = readCoupons(couponedBy(options, files, contents))
  const faults = [...identity.faults, ...coupons.faults]
  if (faults.length > 0) throw new CatalogError(faults.join('\n'))
  const catalog = {
    ...options,
    files,
    identity,
    contents,
    coupons,
    look: undefined,
    nextLookAt: Number.NEGATIVE_INFINITY,
    faults: faultsOf(options.folder, files),
    missing: new Set<string>(),
    undrawn: new Set<string>(),
    looks: new WeakMap(),
  }
  reportProducts(catalog, [], listOffSale(catalog).faults)
  return catalog
}

/**
 * Lists everything that is wrong with the folder. The `fatal` ones of the faults stop the start; the others take products off
 * sale. Throws CatalogError if the folder can't be read.
 */
export function checkFolder(options: Pick<Options, 'folder' | 'clock' | 'timeZone' | 'codeRules'>) {
  const files = readAll(options)
  const { good, faults, shown } = readIdentity(surroundingsOf(options, files))
  const contents = assemble(files, shown)
  const coupons = readCoupons(couponedBy(options, files, contents))
  const fatal = [...faults, ...coupons.faults]
  return {
    identity: good,
    products: contents.products.length,
    slugs: contents.products.map(({ slug }) => slug),
    fatal,
    faults: [...fatal, ...faultsOf(options.folder, files)],
  }
}

function readAll(options: Pick<Options, 'folder' | 'clock' | 'codeRules'>): ProductFiles {
  const files: ProductFiles = new Map()
  for (const _file of readChanges({ ...options, lang: readLanguage(options.folder) }, files));
  return files
}

/** What whose shop it is depends on. */
export function surroundingsOf(
  { folder, timeZone }: Pick<Options, 'folder' | 'timeZone'>,
  files: ProductFiles,
): Parameters<typeof readIdentity>[0] {
  const sold = [...files].flatMap(([name, { fresh, good }]) =>
    ((good ?? fresh)?.sells ?? []).map(({ path }) => [path, name] as const),
  )
  return {
    folder,
    timeZone,
    slugs: [...files.values()].map(({ slug }) => slug),
    sold: new Map(sold),
  }
}

/** What coupons depend on. */
export function couponedBy(
  { folder, clock }: Pick<Options, 'folder' | 'clock'>,
  files: ProductFiles,
  { products }: Contents,
): Parameters<typeof readCoupons>[0] {
  const all = [...files.values()]
  return {
    folder,
    products,
    slugs: all.map(({ slug }) => slug),
    now: clock.now(),
    isComplete: all.every(({ good }) => good !== undefined),
  }
}

/** Lists what is wrong with the files: path, line, message. */
export function faultsOf(folder: string, files: Iterable<[string, ProductFile]>): string[] {
  return [...files].flatMap(([name, { fault }]) =>
    fault
      ? [fault, ...fault.others].map(({ line, message }) => `${join(folder, name)}:${line}: ${message}`)
      : [],
  )
}

/** Whose shop it is: a new object when that has changed. */
export function identityOf({ identity }: Pick<Catalog, 'identity'>): Identity {
  return identity.good ?? DEFAULT_IDENTITY
}

/** Finds a product, also a draft or one that has been withdrawn: its buyers keep it. */
export function findProduct({ contents }: Catalog, slug: string): Product | undefined {
  return contents.bySlug.get(slug)
}

/** The language of a product's title; where the catalogue no longer has it, the empty text, which in HTML is an unknown one. */
export function languageOfTitle({ contents }: Catalog, slug: string): string {
  return contents.bySlug.get(slug)?.lang ?? ''
}

/** Finds a coupon by its code, as a buyer has typed it. */
export function couponOf({ coupons }: Catalog, typed: string): Coupon | undefined {
  return findCoupon(coupons.good, typed)
}

/** In the order of `coupons.yaml`. */
export function couponsOf({ coupons }: Catalog): readonly Coupon[] {
  return listCoupons(coupons.good)
}

/** Lists the files without a version that is in use, because they have faults, and these. */
export function listOffSale({ folder, files }: Pick<Catalog, 'folder' | 'files'>) {
  const offSale = [...files].filter(([, { fault, good }]) => fault && !good)
  return { files: offSale.length, faults: faultsOf(folder, offSale) }
}

/** Returns whether the product at this slug can't be shown at all, because its file has a fault. */
export function isFaulty({ files }: Catalog, slug: string): boolean {
  return [...files.values()].some((file) => file.fault && !file.good && file.slug === slug)
}

/** Finds a picture by the name in its address, which changes with its content. */
export function findPicture({ contents, identity }: Catalog, name: string): Picture | undefined {
  return contents.pictures.get(name) ?? identity.good?.pictures.get(name)
}

/** Returns what is paid for. Only the gate may call this: any other caller would give it away. */
export function readPaidContent({ contents }: Catalog, slug: string): PaidContent | undefined {
  return contents.paid.get(slug)
}
