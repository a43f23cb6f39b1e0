import {
  GetLoginForThirdPartyAppRequest,
  Message,
  RequestToReceiveBill,
  SendMessageRequest,
} from '@code-wallet/rpc'
import bs58 from 'bs58'
import { isAddress } from '../addresses.ts'
import { Problem } from '../errors.ts'

const SIGNATURE_BYTES = 64
const LONGEST_SIGNATURE = 88 // 64 bytes in base58; decoding takes quadratic time, so longer texts are not decoded
const BASE64URL = /^[\w-]*$/
const LINE_BREAKS = /[\r\n]/g // Go's decoder skips them

/** The fields of a body. Go, in which Code's server is written, reads a missing text as an empty one. */
export interface Fields {
  intent: string
  message: string
  signature: string
  /** Undefined if it is missing or null */
  webhook: string | undefined
}

/** Reads a body, whatever its Content-Type. Throws a Problem 400. */
export function readFields(body: unknown): Fields {
  const values = parse(body)
  return {
    intent: readText(values, 'intent') ?? '',
    message: readText(values, 'message') ?? '',
    signature: readText(values, 'signature') ?? '',
    webhook: readText(values, 'webhook'),
  }
}

function parse(body: unknown): Record<string, unknown> {
  const text = Buffer.isBuffer(body) ? body.toString() : ''
  if (text === '') throw new Problem(400, 'unexpected end of JSON input')
  const value = parseJson(text)
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  throw new Problem(400, 'the body must be a JSON object')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'the body is not valid JSON')
  }
}

function readText(values: Record<string, unknown>, name: string): string | undefined {
  const value = values[name] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new Problem(400, `${name} must be text`)
}

/** Reads a signed payment request. The message is the bill alone, but the signature is over the message around it. */
export function readBill({ intent, signature, message }: Fields): SendMessageRequest {
  const rendezvousKey = { value: readIntent(intent, 'intent') }
  const signed = { value: readSignature(signature) }
  const value = readMessage(RequestToReceiveBill, message)
  const kind = { case: 'requestToReceiveBill', value } as const
  return new SendMessageRequest({ rendezvousKey, signature: signed, message: new Message({ kind }) })
}

/** Reads a signed query for the user who logged in. Code decodes the parts in this order, and reports the first fault. */
export function readLogin({ intent, signature, message }: Fields): GetLoginForThirdPartyAppRequest {
  const value = readIntent(intent, 'intent')
  const { verifier } = readMessage(GetLoginForThirdPartyAppRequest, message)
  return new GetLoginForThirdPartyAppRequest({
    intentId: { value },
    ...(verifier && { verifier }),
    signature: { value: readSignature(signature) },
  })
}

/** Returns the bytes of an intent's id. Throws a Problem 400. */
export function readIntent(text: string, name: string): Uint8Array<ArrayBuffer> {
  if (!isAddress(text)) throw new Problem(400, `${name} is not a public key`)
  return Uint8Array.from(bs58.decode(text))
}

function readSignature(text: string): Uint8Array<ArrayBuffer> {
  const bytes = text.length > LONGEST_SIGNATURE ? undefined : bs58.decodeUnsafe(text)
  if (bytes?.length !== SIGNATURE_BYTES) throw new Problem(400, 'signature is invalid')
  return Uint8Array.from(bytes)
}

function readMessage<M>(type: { fromBinary(bytes: Uint8Array): M; typeName: string }, text: string): M {
  const bytes = readBase64(text)
  try {
    return type.fromBinary(bytes)
  } catch {
    throw new Problem(400, `message bytes is not a ${type.typeName.split('.').at(-1)}`)
  }
}

/** Reads base64url without padding. `Buffer` itself would skip whatever is wrong. */
function readBase64(text: string): Uint8Array {
  const digits = text.replace(LINE_BREAKS, '')
  if (!BASE64URL.test(digits) || digits.length % 4 === 1) throw new Problem(400, 'message not valid base64')
  return Buffer.from(digits, 'base64url')
}
