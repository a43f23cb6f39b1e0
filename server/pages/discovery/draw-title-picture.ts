import { readFile } from 'node:fs/promises'
import { ShopError } from '../../errors.ts'
import { findFonts } from './fonts.ts'
import { SIZE, type TitlePicture } from './title-picture.ts'

const KEPT = 300 // of about 20 kB each
const MOST_WAITING = 20 // requests, so that a stranger who asks for all pictures doesn't hold up everybody else
const FONT = 'The shop’s'
const EDGE = 80 // pixels
const BAND = 24
const TITLE = { fontSize: 72, fontWeight: 700, lineClamp: 4 }
const BELOW = { fontSize: 36, fontWeight: 600, lineClamp: 1 }

const drawn = new Map<string, Buffer>() // what was asked for longest ago comes first
const drawing = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Returns a picture as a PNG. Each is drawn when it is first asked for, one after the other, and those that were asked for last
 * are kept. Throws shop-busy. Rejects if it can't be drawn.
 */
export async function drawTitlePicture(picture: TitlePicture): Promise<Buffer> {
  const png = drawn.get(picture.name) ?? (await waitFor(picture))
  keep(picture.name, png)
  return png
}

async function waitFor(picture: TitlePicture): Promise<Buffer> {
  if (waiting === MOST_WAITING) throw new ShopError('shop-busy', (t) => t.picturesAtOnce(MOST_WAITING))
  waiting++
  try {
    return await (drawing.get(picture.name) ?? drawNext(picture))
  } finally {
    waiting--
  }
}

function drawNext(picture: TitlePicture): Promise<Buffer> {
  const png = last.then(() => draw(picture)).finally(() => drawing.delete(picture.name))
  last = png.catch(() => undefined)
  drawing.set(picture.name, png)
  return png
}

function keep(name: string, png: Buffer): void {
  drawn.delete(name)
  drawn.set(name, png)
  const [oldest = ''] = drawn.keys()
  if (drawn.size > KEPT) drawn.delete(oldest)
}

/** The package and the fonts are loaded only now, because they take memory. It draws in a thread of its own. */
async function draw({ title, below, direction, accent, paper, ink }: TitlePicture): Promise<Buffer> {
  const { Renderer } = await import('@takumi-rs/core')
  const files = await Promise.all(findFonts(title + below).map((path) => readFile(path)))
  const textAlign = direction === 'rtl' ? 'right' : 'left'
  const line = { fontFamily: FONT, lineHeight: 1.25, width: SIZE.width - 2 * EDGE } as const
  const write = (text: string, style: object, color: string) =>
    ({
      type: 'text',
      text: text.normalize(),
      style: {
        ...line,
        direction,
        textAlign,
        textOverflow: 'ellipsis',
        overflowWrap: 'anywhere',
        color,
        ...style,
      },
    }) as const
  const style = {
    ...SIZE,
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    padding: EDGE,
    borderTop: `${BAND}px solid ${accent}`,
    backgroundColor: paper,
  } as const
  return new Renderer({ cacheMaxBytes: 0 }).render(
    { type: 'container', style, children: [write(title, TITLE, ink), write(below, BELOW, accent)] },
    { ...SIZE, format: 'png', fonts: files.map((data) => ({ name: FONT, data })) },
  )
}
