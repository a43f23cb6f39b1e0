export { DEFAULT_IDENTITY } from './default-identity.ts'
export { drawIcon, type IconSize, isIconSize } from './draw-icon.ts'
export type { Identity, IdentityFile, OwnPage, Seller } from './identity.ts'
export { type IdentityFiles, readIdentity } from './identity-files.ts'
