import type { frames } from './en.ts'

/** What buyers see of the sandbox. A language is a file with these. */
export type FrameTexts = typeof frames
