import { createHash } from 'node:crypto'
import { imageSize } from 'image-size'
import { assertSmall } from './picture-size.ts'
import type { Picture } from './product.ts'
import { readBytes } from './read-text.ts'
import { assertPlaceless } from './taken-where.ts'

/** In bytes: every visitor of the front page downloads those that it shows. */
export const LARGEST_ON_STOREFRONT = 300_000
/** In bytes: a photograph as wide as the page has a fifth of that. */
export const LARGEST_PICTURE = 1_000_000
const MAX_SIDE = 4_000 // pixels; a browser decodes all of them
const SIDEWAYS = 5 // EXIF orientations from 5 up swap width and height
const SIDEWAYS_ENTRIES = [5, 6, 7, 8].flatMap((orientation) => [
  Buffer.from(`0112000300000001000${orientation}`, 'hex'),
  Buffer.from(`12010300010000000${orientation}00`, 'hex'), // the same from a camera that writes the last byte first
])
const BOX_HEAD = 8 // bytes

// Recognised by content, not by name. SVG is left out because it can contain scripts and load other resources.
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
}
const NO_PICTURE = 'the picture must be PNG, JPEG, WebP or AVIF'

/** Reads what a page needs to reserve space for the picture. `fault` makes an error from a description of what is wrong. */
export function readPicture(
  path: string,
  { slug, alt, maxBytes }: { slug: string; alt: string; maxBytes: number },
  fault: (message: string) => Error,
): Picture {
  assertSmall(path, { maxBytes, types: Object.keys(TYPES), isNone: NO_PICTURE }, fault)
  const content = readBytes(path, fault)
  const { extension, type, width, height } = measure(content, fault)
  assertPlaceless(content, fault)
  if (Math.max(width, height) > MAX_SIDE)
    throw fault(`the picture has ${width} × ${height} pixels; the limit is ${MAX_SIDE} per side`)
  return { path, name: slug + endingOf(content, extension), type, width, height, alt }
}

/** The media type of a picture, and how its name in addresses ends. Undefined if this is no picture. */
export function typeOfPicture(content: Buffer): { type: string; ending: string } | undefined {
  const extension = sizeOf(content)?.type ?? ''
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined
  return type === undefined ? undefined : { type, ending: endingOf(content, extension) }
}

function endingOf(content: Buffer, extension: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return `-${hash}.${extension}`
}

function measure(content: Buffer, fault: (message: string) => Error) {
  const size = sizeOf(content)
  const extension = size?.type ?? ''
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined
  if (!size || !type) throw fault(NO_PICTURE)
  const { width, height, orientation = 1 } = size
  const isTurned = { avif: isTurnedAvif, png: isTurnedPng }[extension]
  const sideways = orientation >= SIDEWAYS || isTurned?.(content)
  return sideways ? { extension, type, width: height, height: width } : { extension, type, width, height }
}

/** image-size reports the orientation of JPEG only. An AVIF that is to be turned says so in quarter turns, in a box of its own. */
function isTurnedAvif(content: Buffer): boolean {
  const metadata = findBox(content, 'meta')?.subarray(4) // behind the version and flags of this box
  const turn = findBox(findBox(findBox(metadata, 'iprp'), 'ipco'), 'irot')
  return (turn?.[0] ?? 0) % 2 === 1
}

/** A PNG says so as EXIF does, in a chunk before the picture itself. */
function isTurnedPng(content: Buffer): boolean {
  const at = content.indexOf('eXIf')
  if (at < 0 || at > content.indexOf('IDAT')) return false
  const exif = content.subarray(at, at + 4 + content.readUInt32BE(at - 4))
  return SIDEWAYS_ENTRIES.some((entry) => exif.includes(entry))
}

/** What is in the first box of this type. Each box begins with its size, which includes this beginning, and its type. */
function findBox(boxes: Buffer | undefined, type: string): Buffer | undefined {
  if (!boxes) return undefined
  for (let at = 0; at + BOX_HEAD <= boxes.length; ) {
    const size = boxes.readUInt32BE(at)
    if (size < BOX_HEAD) return undefined
    if (boxes.toString('latin1', at + 4, at + BOX_HEAD) === type)
      return boxes.subarray(at + BOX_HEAD, at + size)
    at += size
  }
  return undefined
}

function sizeOf(content: Buffer): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(content)
  } catch {
    return undefined // not a picture, or a damaged one
  }
}
