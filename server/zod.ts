/**
 * The parts of zod that the shop uses, as `z`. Every entry point of zod loads its messages in fifty languages; the build
 * bundles this file, which leaves them out: docs/decisions/022-memory-at-rest.md.
 */
export type { core, infer, ZodObject, ZodType } from 'zod'
export { array, boolean, enum, int, NEVER, number, object, record, strictObject, string, unknown } from 'zod'
