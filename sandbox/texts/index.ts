import type { Request } from 'express'
import { en, frames as english } from './en.ts'
import type { FrameTexts, WalletTexts } from './types.ts'

export type { FrameTexts, WalletTexts } from './types.ts'
export { en }

export const LANGUAGES = ['en', 'de', 'es', 'ar'] as const

export type LanguageCode = (typeof LANGUAGES)[number]

const files = {
  en: async () => ({ frames: english, wallet: en }),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  ar: () => import('./ar.ts'),
}

/** Loads the texts of the frames. None but English takes memory before somebody reads it. */
export async function loadFrameTexts(code: LanguageCode): Promise<FrameTexts> {
  return (await files[code]()).frames
}

/** Loads the texts of the wallet's page. */
export async function loadWalletTexts(code: LanguageCode): Promise<WalletTexts> {
  return (await files[code]()).wallet
}

const CHOSEN = new RegExp(`(?:^|; )language=(${LANGUAGES.join('|')})(?:;|$)`)

/** As the visitor has chosen at a shop that has this sandbox inside, or as the browser asks. */
export function languageOf(req: Request): LanguageCode {
  const [, chosen] = CHOSEN.exec(req.headers.cookie ?? '') ?? []
  return (chosen ?? (req.acceptsLanguages([...LANGUAGES]) || 'en')) as LanguageCode
}
