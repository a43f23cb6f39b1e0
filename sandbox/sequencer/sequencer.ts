import {
  Common,
  type GetStatusRequest,
  Messaging,
  MicroPayment,
  type RegisterWebhookRequest,
  type SendMessageRequest,
} from '@code-wallet/rpc'
import { Problem, Refusal } from '../errors.ts'
import type { SequencerDeps } from './deps.ts'
import { getStatus } from './get-status.ts'
import { registerWebhook } from './register-webhook.ts'
import { sendMessage } from './send-message.ts'

export type Sequencer = ReturnType<typeof createSequencer>

interface Encodable {
  toBinary(): Uint8Array
}

/** Code's calls: one request envelope in, one answer envelope out, whatever brings them. */
export function createSequencer(deps: SequencerDeps) {
  const { sendMessage: send } = Messaging.methods
  const { registerWebhook: register, getStatus: status } = MicroPayment.methods
  const methods = new Map([
    ['Messaging.sendMessage', method<SendMessageRequest>(send.I, (request) => sendMessage(deps, request))],
    [
      'MicroPayment.registerWebhook',
      method<RegisterWebhookRequest>(register.I, (request) => registerWebhook(deps, request)),
    ],
    ['MicroPayment.getStatus', method<GetStatusRequest>(status.I, (request) => getStatus(deps, request))],
  ])

  /** Throws Problem for bytes that are no envelope; a refusal is an answer. */
  async function answer(bytes: Uint8Array): Promise<Common.Response> {
    const { service, method, body } = readEnvelope(bytes)
    try {
      const call = methods.get(`${service}.${method}`)
      if (!call) throw new Refusal(`unknown method ${service.slice(0, 50)}.${method.slice(0, 50)}`)
      const result = await call(body)
      return new Common.Response({ result: Common.Response_Result.OK, body: result.toBinary() })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      deps.report({
        what: 'call refused',
        method: `${service}.${method}`.slice(0, 100),
        reason: error.message,
      })
      return new Common.Response({ result: Common.Response_Result.ERROR, message: error.message })
    }
  }

  return { answer }
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
  run: (request: Request) => Encodable | Promise<Encodable>,
) {
  return (body: Uint8Array) => run(readBody(type, body))
}

function readBody<Request>(type: { fromBinary(bytes: Uint8Array): Request }, body: Uint8Array): Request {
  try {
    return type.fromBinary(body)
  } catch {
    throw new Refusal('the body of the request cannot be decoded')
  }
}
