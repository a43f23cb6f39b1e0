import { IncomingMessage, type RequestListener, type ServerOptions, ServerResponse } from 'node:http'
import type { Express } from 'express'

/** The classes of which a server makes its requests and responses. */
export type Messages = Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>

/** What a server needs to serve an app. */
export interface App {
  handler: RequestListener
  messages: Messages
}

/**
 * Classes whose objects already have the prototypes that `app` gives each request and response, so that it changes none.
 * On Node 20 and 22, V8 gives an object whose prototype is changed a hidden class of its own, so Express alone took twice the
 * processor time, and 30 MB more. See docs/decisions/038-prototypes-of-requests.md.
 */
export function messagesOf(app: Express): Messages {
  class Request extends IncomingMessage {}
  class Response<Asked extends IncomingMessage> extends ServerResponse<Asked> {}
  Object.setPrototypeOf(Request.prototype, app.request)
  Object.setPrototypeOf(Response.prototype, app.response)
  Object.assign(app, { request: Request.prototype, response: Response.prototype })
  return { IncomingMessage: Request, ServerResponse: Response }
}
