import { readFile } from 'node:fs/promises'
import { findFonts } from './fonts.ts'
import { SIZE, type TitlePicture } from './title-picture.ts'

const KEPT = 50 // of about 20 kB each
const FONT = 'The shop’s'
const EDGE = 80 // pixels
const BAND = 24
const TITLE = { fontSize: 72, fontWeight: 700, lineClamp: 4 }
const BELOW = { fontSize: 36, fontWeight: 600, lineClamp: 1 }

const drawn = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * Returns a picture as a PNG. Each is drawn when it is first asked for, one after the other, and the newest are kept. Rejects if
 * it can't be drawn.
 */
export function drawTitlePicture(picture: TitlePicture): Promise<Buffer> {
  const known = drawn.get(picture.name)
  if (known) return known
  const png = last.then(() => draw(picture))
  last = png.catch(() => undefined)
  for (const oldest of drawn.keys()) {
    if (drawn.size < KEPT) break
    drawn.delete(oldest)
  }
  drawn.set(picture.name, png)
  return png
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
      style: { ...line, direction, textAlign, textOverflow: 'ellipsis', color, ...style },
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
