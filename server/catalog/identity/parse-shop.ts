import { realpathSync } from 'node:fs'
import type * as z from '../../zod.ts'
import { type FaultAt, suggest } from '../explain-fields.ts'
import { Fault, gatherFaults } from '../fault.ts'
import { type FileInUse, findFile } from '../find-file.ts'
import { lineOf, parseYaml, type YamlFields } from '../parse-yaml.ts'
import { LARGEST_PICTURE, readPicture } from '../read-picture.ts'
import { readStrictly } from '../read-strictly.ts'
import { coinIcon, hashOf, LETTER, NICKEL, PLAIN_COIN } from './coin.ts'
import { DEFAULT_IDENTITY } from './default-identity.ts'
import { shopFields } from './fields.ts'
import type { Identity, IdentityFile } from './identity.ts'
import { asIcon, asLogo, type Mark, readMark } from './read-mark.ts'
import { stylesheetOf } from './stylesheet.ts'

/** What the rest of the shop has to do with `shop.yaml`. */
export interface Surroundings {
  folder: string
  /** TIME_ZONE, if it is set */
  timeZone?: string | undefined
  /** The slugs that product files have, even faulty ones */
  slugs: readonly string[]
}

export interface ParsedShop {
  identity: Identity
  shows: FileInUse[]
}

type Fields = z.infer<typeof shopFields>

const SOCIAL = ['image/png', 'image/jpeg'] // what every site shows

/** Parses `shop.yaml`. Throws Fault. */
export function parseShop(source: string, around: Surroundings): ParsedShop {
  const yaml = parseFields(source)
  if (!yaml) return { identity: DEFAULT_IDENTITY, shows: [] }
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(yaml, path), message)
  const fields = readStrictly(shopFields, yaml, 'shop.yaml', faultAt)
  const faults = gatherFaults()
  faults.attempt(() => assertSameZone(fields, around, faultAt))
  for (const at of fields.order.keys()) faults.attempt(() => assertProduct(fields, at, around, faultAt))
  const read = <T>(name: 'logo' | 'icon' | 'socialPicture', reader: (path: string, fault: Complain) => T) =>
    faults.attempt(() => readPictureOf(fields, name, around, faultAt, reader))
  const logo = read('logo', readMark)
  const icon = read('icon', readMark)
  const socialPicture = read('socialPicture', readSocialPicture)
  faults.throwFound()
  const inUse = (path: string | undefined, name: string) =>
    path ? [{ path: realpathSync(path), line: lineOf(yaml, [name]) }] : []
  return {
    identity: {
      ...DEFAULT_IDENTITY,
      ...fields,
      ...look(fields, logo, icon ?? logo),
      socialPicture,
      pictures: new Map(socialPicture && [[socialPicture.name, socialPicture]]),
    },
    shows: [
      ...inUse(logo?.path, 'logo'),
      ...inUse(icon?.path, 'icon'),
      ...inUse(socialPicture?.path, 'socialPicture'),
    ],
  }
}

/** Parses only the language in `shop.yaml`, whatever else is wrong there; undefined if it names none. Throws if it can't be read. */
export function parseLanguage(source: string): string | undefined {
  return shopFields.shape.lang.parse(parseFields(source)?.fields.lang)
}

/** Returns the fields; undefined if there are none. Throws Fault. */
function parseFields(source: string): YamlFields | undefined {
  const isEmpty = source.split('\n').every((text) => /^\s*(#|$)/.test(text))
  return isEmpty ? undefined : parseYaml(source.replace(/^\uFEFF/, ''), 0, 'name: Corner Library')
}

type Complain = (message: string) => Error

function assertSameZone({ timeZone: own }: Fields, { timeZone }: Surroundings, faultAt: FaultAt): void {
  if (!own || !timeZone || canonical(own) === canonical(timeZone)) return
  throw faultAt(
    ['timeZone'],
    `timeZone is ${own}, but the setting TIME_ZONE is ${timeZone}: remove one of the two`,
  )
}

/** Asia/Calcutta and Asia/Kolkata are one time zone. */
function canonical(timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
}

function assertProduct({ order }: Fields, at: number, { slugs }: Surroundings, faultAt: FaultAt): void {
  const slug = order[at] ?? ''
  if (!slugs.includes(slug))
    throw faultAt(['order', at], `no product has the slug ${slug}${suggest(slug, slugs)}`)
  if (order.indexOf(slug) < at) throw faultAt(['order', at], `${slug} appears twice: keep one of the two`)
}

function readPictureOf<T>(
  fields: Fields,
  name: 'logo' | 'icon' | 'socialPicture',
  { folder }: Surroundings,
  faultAt: FaultAt,
  reader: (path: string, fault: Complain) => T,
): T | undefined {
  const file = fields[name]
  const fault = (message: string) => faultAt([name], `${name}: ${message}`)
  return file === undefined ? undefined : reader(findFile(file, folder, fault), fault)
}

function readSocialPicture(path: string, fault: Complain) {
  const picture = readPicture(path, { slug: 'social', alt: '', maxBytes: LARGEST_PICTURE }, fault)
  if (SOCIAL.includes(picture.type)) return picture
  throw fault('the picture must be PNG or JPEG, since some sites show no other')
}

/** Everything that browsers load to make the shop look like this. */
function look({ name, accent }: Fields, logo: Mark | undefined, icon: Mark | undefined) {
  const isNickel = name === DEFAULT_IDENTITY.name
  const css = accent && Buffer.from(stylesheetOf(accent))
  const stylesheet = css && `colours-${hashOf(css)}.css`
  const shown = logo && asLogo(logo)
  const files = new Map<string, IdentityFile>()
  if (css && stylesheet) files.set(stylesheet, { type: 'text/css', content: css })
  if (logo && shown)
    files.set(shown.src.replace('/identity/', ''), { type: logo.type, content: logo.content })
  return {
    logo: shown,
    coin: isNickel ? NICKEL : PLAIN_COIN,
    icon: icon ? asIcon(icon) : coinIcon(accent?.light, isNickel ? LETTER : ''),
    stylesheet: stylesheet && `/identity/${stylesheet}`,
    files,
  }
}
