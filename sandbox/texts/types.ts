import type { en, frames } from './en.ts'

/** What buyers see of the sandbox. A language is a file with these. */
export type FrameTexts = typeof frames

/** What its wallet's page says, for those who don't see the modal. */
export type WalletTexts = Omit<typeof en, 'home' | 'trace' | 'faults' | 'callFaults' | 'webhookFaults'>
