import { isTimeZone } from '../../config/index.ts'
import * as z from '../../zod.ts'
import { language, line, lineUpTo, textField } from '../kinds/index.ts'
import { tax } from '../tax.ts'
import { LEAST_CONTRAST, leastContrast, nearestReadable, type Scheme } from './colours.ts'
import { DEFAULT_IDENTITY } from './default-identity.ts'
import type { Contact } from './identity.ts'

const EMAIL = /^[^\s@<>?&]+@[^\s@<>?&]+\.[^\s@<>?&]+$/
const PHONE = /^\+?[\d\s()/.-]{5,30}$/
const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i

const A_ZONE = 'must be the name of an IANA time zone, like Europe/Berlin'

const contact = lineUpTo(200).transform((text, context): Contact => {
  if (EMAIL.test(text)) return { text, href: `mailto:${text}` }
  if (PHONE.test(text)) return { text, href: `tel:${text.replace(/[^\d+]/g, '')}` }
  if (/^https:\/\//i.test(text) && URL.canParse(text)) return { text, href: new URL(text).href }
  context.addIssue('must be an email address, a telephone number, or a web address that begins with https://')
  return z.NEVER
})

const colour = textField(sayColour).transform((text, context): string => {
  if (HEX.test(text)) return toLong(text.toLowerCase())
  context.addIssue(sayColour(text))
  return z.NEVER
})

function sayColour(found: string | number): string {
  return `must be a colour between quotation marks, like "#1f5f4a", not ${found}`
}

const accent = z
  .strictObject(
    { light: colour.optional(), dark: colour.optional() },
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'must have light and dark, like { light: "#1f5f4a", dark: "#86d3b4" }'
          : undefined,
    },
  )
  .superRefine((given, context) => {
    for (const scheme of ['light', 'dark'] as const) {
      const message = faultOf(given, scheme)
      if (message) context.addIssue({ code: 'custom', message, path: [scheme] })
    }
  })
  .transform(({ light = '', dark = '' }) => ({ light, dark }))

function faultOf(
  given: { light?: string | undefined; dark?: string | undefined },
  scheme: Scheme,
): string | undefined {
  const own = given[scheme]
  const other = given.light ?? given.dark
  if (own === undefined)
    return `is missing${other ? `; the nearest to ${other} that can be read on ${scheme} pages is "${nearestReadable(other, scheme)}"` : ''}`
  const found = leastContrast(own, scheme)
  if (found >= LEAST_CONTRAST) return undefined
  return `${own} on ${scheme} pages has a contrast of ${(Math.floor(found * 10) / 10).toFixed(1)}:1, but text needs ${LEAST_CONTRAST}:1; the nearest that has it is "${nearestReadable(own, scheme)}"`
}

/** #abc → #aabbcc */
function toLong(hex: string): string {
  return hex.length === 7 ? hex : `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}`
}

const seller = z.strictObject(
  {
    name: lineUpTo(120),
    address: lineUpTo(300).optional(),
    contact: contact.optional(),
    vatId: lineUpTo(60).optional(),
    taxNumber: lineUpTo(60).optional(),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type'
        ? 'must have a name, and may have address, contact, vatId and taxNumber'
        : undefined,
  },
)

/** The shop's name. npm run live asks for it, too. */
export const shopName = lineUpTo(60)

/** The fields of shop.yaml. All of them are optional. */
export const shopFields = z.strictObject({
  name: shopName.default(DEFAULT_IDENTITY.name),
  tagline: lineUpTo(120).optional(),
  description: lineUpTo(300).optional(),
  lang: language.optional(),
  timeZone: textField(() => A_ZONE)
    .refine(isTimeZone, A_ZONE)
    .optional(),
  logo: line.optional(),
  icon: line.optional(),
  accent: accent.optional(),
  seller: seller.optional(),
  tax: tax.optional(),
  socialPicture: line.optional(),
  order: z.array(line, 'must be a list of slugs, like [bread, cake]').default([]),
})
