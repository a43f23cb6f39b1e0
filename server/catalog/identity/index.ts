export { DEFAULT_IDENTITY, type Identity, type OwnPage, type Seller } from './identity.ts'
export { type IdentityFiles, readIdentity } from './identity-files.ts'
