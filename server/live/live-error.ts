/** Something that the merchant can put right. The message says what it is, and what to do. */
export class LiveError extends Error {
  override readonly name = 'LiveError'
}
