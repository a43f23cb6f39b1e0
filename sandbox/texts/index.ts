import { frames as english } from './en.ts'
import type { FrameTexts } from './types.ts'

export { en } from './en.ts'

export type { FrameTexts } from './types.ts'

export const LANGUAGES = ['en', 'de', 'es', 'ar'] as const

export type LanguageCode = (typeof LANGUAGES)[number]

const files = {
  en: async () => ({ frames: english }),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  ar: () => import('./ar.ts'),
}

/** Loads the texts of the frames. None but English takes memory before somebody reads it. */
export async function loadFrameTexts(code: LanguageCode): Promise<FrameTexts> {
  return (await files[code]()).frames
}
