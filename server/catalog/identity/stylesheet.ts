import { type Scheme, shadesOf } from './colours.ts'
import type { Accent } from './identity.ts'

/** The style sheet that puts the merchant's colours in the place of those in tokens.css. */
export function stylesheetOf({ light, dark }: Accent): string {
  return `${rule(light, 'light')}\n@media (prefers-color-scheme: dark) {\n${rule(dark, 'dark')}\n}\n`
}

function rule(colour: string, scheme: Scheme): string {
  const { accent, pressed, ink, highlight } = shadesOf(colour, scheme)
  return `:root { --coin: ${accent}; --coin-deep: ${pressed}; --coin-ink: ${ink}; --mint: ${highlight}; }`
}
