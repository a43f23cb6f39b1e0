import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml'
import { Failure } from './failure.ts'
import { SHOP_YAML } from './project.ts'

const NEW_FILE = '# Whose shop this is. All fields are explained in docs/your-shop.md.\n'

/** Returns shop.yaml with this name, and everything else as it was. Throws Failure. */
export function nameShop(source = NEW_FILE, name: string): string {
  const before = fieldsOf(source)
  const named = before && 'name' in before ? replaceName(source, name) : addName(source, name, before)
  if (isDeepStrictEqual(fieldsOf(named), { ...before, name })) return named
  throw new Failure(
    `The name in ${SHOP_YAML} can’t be replaced. Change it there yourself, commit it, and run this again.`,
  )
}

/** Returns shop.yaml without these slugs in the order of the storefront. */
export function forgetProducts(source: string, slugs: readonly string[]): string {
  const document = parseDocument(source)
  const order = document.get('order')
  if (!isSeq(order)) return source
  const kept = order.items.filter((item) => !(isScalar(item) && slugs.includes(String(item.value))))
  if (kept.length === order.items.length) return source
  if (kept.length === 0) document.delete('order')
  else order.items = kept
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Undefined if there is nothing but comments, or something else than fields. */
function fieldsOf(source: string): Record<string, unknown> | undefined {
  const document = parseDocument(source)
  return document.errors.length === 0 && isMap(document.contents) ? document.toJS() : undefined
}

/** Replaces just the value, so that comments and the form of all other fields stay. */
function replaceName(source: string, name: string): string {
  const { contents } = parseDocument(source)
  const [start = 0, end = 0] = (isMap(contents) && contents.get('name', true)?.range) || []
  const space = source[start - 1] === ':' ? ' ' : ''
  const newline = source.slice(start, end).endsWith('\n') ? '\n' : ''
  return `${source.slice(0, start)}${space}${asYaml(name)}${newline}${source.slice(end)}`
}

function addName(source: string, name: string, fields: object | undefined): string {
  const { contents } = parseDocument(source)
  const at = fields && contents?.range ? contents.range[0] : source.length
  const gap = at > 0 && source[at - 1] !== '\n' ? '\n' : ''
  return `${source.slice(0, at)}${gap}name: ${asYaml(name)}\n${source.slice(at)}`
}

function asYaml(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd()
}
