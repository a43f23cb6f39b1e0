import {
  Common,
  type GetLoginForThirdPartyAppRequest,
  type GetStatusRequest,
  Identity,
  Messaging,
  MicroPayment,
  type OpenMessageStreamRequest,
  type RegisterWebhookRequest,
  type SendMessageRequest,
} from '@code-wallet/rpc'
import { Problem, Refusal } from '../errors.ts'
import type { SequencerDeps } from './deps.ts'
import { getLogin } from './get-login.ts'
import { getStatus } from './get-status.ts'
import { type Caller, openMessageStream } from './open-stream.ts'
import { registerWebhook } from './register-webhook.ts'
import { sendMessage } from './send-message.ts'

/** The size of a call over any interface; a payment request has about 200 bytes. */
export const CALL_LIMIT_BYTES = 64 * 1024

export type Sequencer = ReturnType<typeof createSequencer>

interface Encodable {
  toBinary(): Uint8Array
}

/** Undefined if the answers come later, as the messages of a stream. */
type Result = Encodable | undefined

/** Answers Code's calls: one request envelope in, one response envelope out, over any transport. */
export function createSequencer(deps: SequencerDeps) {
  const { sendMessage: send, openMessageStream: open } = Messaging.methods
  const { registerWebhook: register, getStatus: status } = MicroPayment.methods
  const { getLoginForThirdPartyApp: login } = Identity.methods
  const methods = new Map([
    ['Messaging.sendMessage', method<SendMessageRequest>(send.I, (request) => sendMessage(deps, request))],
    [
      'Messaging.openMessageStream',
      method<OpenMessageStreamRequest>(open.I, (request, caller) => {
        openMessageStream(caller, request)
        return undefined
      }),
    ],
    [
      'MicroPayment.registerWebhook',
      method<RegisterWebhookRequest>(register.I, (request) => registerWebhook(deps, request)),
    ],
    ['MicroPayment.getStatus', method<GetStatusRequest>(status.I, (request) => getStatus(deps, request))],
    [
      'Identity.getLoginForThirdPartyApp',
      method<GetLoginForThirdPartyAppRequest>(login.I, (request) => getLogin(deps, request)),
    ],
  ])

  /**
   * Returns the answer to one envelope. There is none if it opens a stream, which only a caller that offers one can do. A
   * refusal is an answer. Throws a Problem for bytes that are no envelope.
   */
  async function handle(bytes: Uint8Array, caller: Caller): Promise<Common.Response | undefined> {
    const { service, method, body } = readEnvelope(bytes)
    try {
      const call = methods.get(`${service}.${method}`)
      if (!call) throw new Refusal(`unknown method ${service.slice(0, 50)}.${method.slice(0, 50)}`)
      const result = await call(body, caller)
      return result && accept(result)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      deps.report({
        what: 'call refused',
        method: `${service}.${method}`.slice(0, 100),
        reason: error.message,
      })
      return refuse(error.message)
    }
  }

  return {
    handle,

    // The same calls for other interfaces. Each throws a Refusal.
    sendMessage: (request: SendMessageRequest) => sendMessage(deps, request),
    registerWebhook: (request: RegisterWebhookRequest) => registerWebhook(deps, request),
    getStatus: (request: GetStatusRequest) => getStatus(deps, request),
    getLogin: (request: GetLoginForThirdPartyAppRequest) => getLogin(deps, request),

    /** Does the same for a caller that gets one answer and can't receive a stream, as over HTTP. */
    async answer(bytes: Uint8Array): Promise<Common.Response> {
      const answer = await handle(bytes, {})
      if (!answer) throw new TypeError('a stream was opened for a caller that offers none')
      return answer
    },
  }
}

/** Wraps a result in an envelope. */
export function accept(result: Encodable): Common.Response {
  return new Common.Response({ result: Common.Response_Result.OK, body: result.toBinary() })
}

/** Wraps the reason of a refusal in an envelope. */
export function refuse(message: string): Common.Response {
  return new Common.Response({ result: Common.Response_Result.ERROR, message })
}

function readEnvelope(bytes: Uint8Array): Common.Request {
  try {
    return Common.Request.fromBinary(bytes)
  } catch {
    throw new Problem(400, 'The body is not a protobuf message of the type Common.Request.')
  }
}

function method<Request>(
  type: { fromBinary(bytes: Uint8Array): Request },
  run: (request: Request, caller: Caller) => Result | Promise<Result>,
) {
  return (body: Uint8Array, caller: Caller) => run(readBody(type, body), caller)
}

function readBody<Request>(type: { fromBinary(bytes: Uint8Array): Request }, body: Uint8Array): Request {
  try {
    return type.fromBinary(body)
  } catch {
    throw new Refusal('the body of the request cannot be decoded')
  }
}
