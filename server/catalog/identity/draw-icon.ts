import type { Icon, Identity } from './identity.ts'

/** The icons that browsers and phones ask for, by the ends of their names. `share`: how much of the side the picture takes. */
const ICONS = {
  /** For browsers without SVG, and favicon.ico */
  '32': { side: 32, share: 1, background: 'transparent' },
  /** For iPhones, which show transparent pixels as black */
  '180': { side: 180, share: 1, background: '#ffffff' },
  /** For Android */
  '192': { side: 192, share: 1, background: 'transparent' },
  '512': { side: 512, share: 1, background: 'transparent' },
  /** For Android, which may cut off everything outside of a circle with 80 % of the width */
  'maskable-512': { side: 512, share: 0.56, background: '#ffffff' },
} as const

export type IconSize = keyof typeof ICONS

const PICTURE = 'icon'
const drawn = new WeakMap<Icon, Map<IconSize, Promise<Buffer>>>()

export function isIconSize(text: string): text is IconSize {
  return Object.hasOwn(ICONS, text)
}

/** Returns the shop's icon as a PNG. Each is drawn once, when it is first asked for. Rejects if the picture can't be drawn. */
export function drawIcon({ icon }: Pick<Identity, 'icon'>, size: IconSize): Promise<Buffer> {
  const sizes = drawn.get(icon) ?? new Map<IconSize, Promise<Buffer>>()
  const png = sizes.get(size) ?? draw(icon, size)
  drawn.set(icon, sizes.set(size, png))
  return png
}

/** The package is loaded only now, because it takes 14 MB. It draws in a thread of its own. */
async function draw({ content }: Icon, size: IconSize): Promise<Buffer> {
  const { Renderer } = await import('@takumi-rs/core')
  const { side, share, background } = ICONS[size]
  const renderer = new Renderer({ cacheMaxBytes: 0 })
  const picture = side * share
  const style = { width: picture, height: picture, objectFit: 'contain' } as const
  const around = { width: side, height: side, backgroundColor: background }
  return renderer.render(
    {
      type: 'container',
      style: { ...around, display: 'flex', alignItems: 'center', justifyContent: 'center' },
      children: [{ type: 'image', src: PICTURE, width: picture, height: picture, style }],
    },
    { width: side, height: side, format: 'png', images: [{ src: PICTURE, data: content }] },
  )
}
