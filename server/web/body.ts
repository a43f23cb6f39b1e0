import type { IncomingMessage } from 'node:http'
import { parse as parseContentType } from 'content-type'
import getRawBody from 'raw-body'
import { ShopError } from '../errors.ts'
import type { Detail } from '../texts/index.ts'
import type * as z from '../zod.ts'
import { excerpt } from './excerpt.ts'
import { parseStrictJson } from './strict-json.ts'

/** What a route accepts: the largest body in bytes, and its media types. */
export interface Accepted {
  largest: number
  types: readonly string[]
}

/** What is wrong with a field, as problems tell programs: it is missing, has an invalid value, or isn't a field of this request. */
interface FieldError {
  field: string
  reason: 'missing' | 'invalid' | 'unknown'
}

/** Says what fields would be right. `names`: those that aren't. */
type Expectation = (errors: Parameters<Detail>[0], names: string[]) => string

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const LARGEST_FORM = 1_024 // bytes
const CHARSETS = /^(utf-?8|us-ascii)$/i

/**
 * Reads the whole body of a request, and never inflates it. Throws media-type-unsupported; body-too-large, as soon as that
 * is known; or request-invalid, when the body is cut off.
 */
export async function readBody(req: IncomingMessage, { largest, types }: Accepted): Promise<Buffer> {
  assertAcceptable(req, types)
  return readRaw(req, largest)
}

/** Reads the whole body of a request, whatever it is. Throws body-too-large, request-invalid. */
export async function readRaw(req: IncomingMessage, largest: number): Promise<Buffer> {
  try {
    return await getRawBody(req, { length: req.headers['content-length'] ?? null, limit: largest })
  } catch (cause) {
    req.resume() // raw-body pauses here; what is unread would block the connection's next request
    throw toShopError(cause as getRawBody.RawBodyError, largest)
  }
}

/** Reads a form, or JSON with the same fields. Throws what readBody throws, and request-invalid. */
export async function readForm<Form>(
  req: IncomingMessage,
  schema: z.ZodType<Form>,
  otherwise: Expectation,
  largest = LARGEST_FORM,
): Promise<Form> {
  return parseFields(schema, await readFields(req, [JSON_TYPE, FORM_TYPE], largest), otherwise)
}

/** Reads what a script sends as JSON, and no form can. Throws what readForm throws. */
export async function readJson<Values>(
  req: IncomingMessage,
  schema: z.ZodType<Values>,
  otherwise: Expectation,
): Promise<Values> {
  return parseFields(schema, await readFields(req, [JSON_TYPE], LARGEST_FORM), otherwise)
}

/** Parses the fields of a form or a query. Throws request-invalid. */
export function parseFields<Values>(
  schema: z.ZodType<Values>,
  given: unknown,
  otherwise: Expectation,
): Values {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const names = new Set(parsed.error.issues.flatMap(({ path }) => path.map(String)))
  const errors = findFieldErrors(parsed.error, given)
  throw new ShopError('request-invalid', (t) => otherwise(t, [...names]), { members: { errors } })
}

function findFieldErrors({ issues }: z.core.$ZodError, given: unknown): FieldError[] {
  const reasons = new Map<string, FieldError['reason']>()
  for (const issue of issues) {
    const [field] = issue.path
    if (issue.code === 'unrecognized_keys') for (const name of issue.keys) reasons.set(name, 'unknown')
    else if (field !== undefined) reasons.set(String(field), has(given, field) ? 'invalid' : 'missing')
  }
  return [...reasons].map(([field, reason]) => ({ field, reason }))
}

function has(given: unknown, field: PropertyKey): boolean {
  return typeof given === 'object' && given !== null && Object.hasOwn(given, field)
}

async function readFields(req: IncomingMessage, types: readonly string[], largest: number): Promise<unknown> {
  const body = await readBody(req, { largest, types })
  const { type } = typeOf(req)
  // Without a type, curl calls everything a form.
  if (type === FORM_TYPE && body.toString('latin1', 0, 1) === '{')
    throw unsupported({ Accept: JSON_TYPE }, (t) => t.bodyType([JSON_TYPE], type))
  try {
    return type === JSON_TYPE ? parseStrictJson(body) : parseForm(body)
  } catch (cause) {
    const { message } = cause as Error
    throw new ShopError('request-invalid', ({ bodyForm }) => bodyForm(type, message), { cause })
  }
}

function assertAcceptable(req: IncomingMessage, types: readonly string[]): void {
  const { 'content-encoding': encoding = 'identity', 'content-type': given } = req.headers
  const { type, parameters } = typeOf(req)
  if (encoding.toLowerCase() !== 'identity')
    throw unsupported({ 'Accept-Encoding': 'identity' }, (t) => t.bodyCompressed(excerpt(encoding)))
  if (!types.includes(type) || !CHARSETS.test(parameters.charset ?? 'utf-8'))
    throw unsupported({ Accept: types.join(', ') }, (t) =>
      t.bodyType(types, given === undefined ? t.noType : excerpt(given)),
    )
}

function typeOf(req: IncomingMessage) {
  return parseContentType(req.headers['content-type'] ?? '')
}

/** The headers say what would be accepted: RFC 9110, section 15.5.16. */
function unsupported(headers: Record<string, string>, detail: Detail): ShopError {
  return new ShopError('media-type-unsupported', detail, { headers })
}

function toShopError(cause: getRawBody.RawBodyError, largest: number): ShopError {
  return cause.type === 'entity.too.large'
    ? new ShopError('body-too-large', ({ bodyLarge }) => bodyLarge(largest), { cause })
    : new ShopError('request-invalid', ({ bodyIncomplete }) => bodyIncomplete(), { cause })
}

/** A browser sends each line break as CRLF, but counts it as one character for `maxlength`, as the shop then does. */
function parseForm(body: Buffer): unknown {
  const fields = new URLSearchParams(body.toString())
  const values = Object.fromEntries(
    [...fields].map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]),
  )
  if (fields.size !== Object.keys(values).length) throw new SyntaxError('a field occurs twice')
  return values
}
