import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { imageSize } from 'image-size'
import type { Picture } from './product.ts'

const MAX_BYTES = 300_000 // it is sent to everybody who looks at the shop window
const MAX_SIDE = 4_000 // pixels; a browser unpacks them all
const SIDEWAYS = 5 // EXIF orientations from 5 up lie on their side

// By content, not by name. No SVG: it is a document that can carry scripts and load from elsewhere.
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
}

/** Reads what a page must know to keep the picture's place. `fault` makes an error of what is wrong with it. */
export function readPicture(
  path: string,
  { slug, alt }: { slug: string; alt: string },
  fault: (message: string) => Error,
): Picture {
  if (statSync(path).size > MAX_BYTES)
    throw fault(`the picture is larger than ${MAX_BYTES / 1_000} kB; save it smaller, as WebP for example`)
  const content = readFileSync(path)
  const { extension, type, width, height } = measure(content, fault)
  if (Math.max(width, height) > MAX_SIDE)
    throw fault(`the picture has ${width} × ${height} pixels; at most ${MAX_SIDE} a side are shown`)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { path, name: `${slug}-${hash}.${extension}`, type, width, height, alt }
}

function measure(content: Buffer, fault: (message: string) => Error) {
  const size = sizeOf(content)
  const extension = size?.type ?? ''
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined
  if (!size || !type) throw fault('the picture must be PNG, JPEG, WebP or AVIF')
  const { width, height, orientation = 1 } = size
  return orientation < SIDEWAYS
    ? { extension, type, width, height }
    : { extension, type, width: height, height: width }
}

function sizeOf(content: Buffer): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(content)
  } catch {
    return undefined // no picture, or a broken one
  }
}
