import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { type Logger, pino } from 'pino'
import { ShopError } from '../errors.ts'
import type { Output } from './output.ts'
import { toReadable } from './readable-line.ts'

export type { Logger } from 'pino'

/** Creates a log that writes JSON lines or, on a terminal, lines for people. */
export function createLog(level: string, output: Output): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return pino(options, output.isTerminal ? { write: (line) => output.write(toReadable(line)) } : output)
}

/** Logs why something failed, without a stack; at the level `debug` if that was already counted as one of many. */
export function logFailure(log: Logger, error: Error, facts: object, message: string): void {
  const isLogged = error instanceof ShopError && error.isLogged
  log[isLogged ? 'debug' : 'warn']({ ...facts, ...reasonOf(error, message) }, message)
}

/** Why, unless the message says just that. */
export function reasonOf(error: Error, message: string): { reason?: string } {
  return error.message === message ? {} : { reason: error.message }
}

/** Names a request in the log. Its query may contain a redemption code, its headers a cookie, its body a client secret. */
export function factsOf({ method, originalUrl }: Request) {
  return { method, path: originalUrl.split('?', 1)[0] }
}

/** Logs a line for each answer, at the level `debug`. What went wrong is logged in answer-problem.ts. */
export function logRequests(log: Logger): RequestHandler {
  return log.isLevelEnabled('debug')
    ? (req, res, next) => logRequest(log, req, res, next)
    : (_req, _res, next) => next()
}

function logRequest(log: Logger, req: Request, res: Response, next: NextFunction): void {
  const began = performance.now()
  res.once('close', () => logAnswer(log, req, res, performance.now() - began))
  next()
}

function logAnswer(log: Logger, req: Request, res: Response, ms: number): void {
  const facts = { ...factsOf(req), status: res.statusCode, ms: Math.round(ms) }
  log.debug(facts, res.writableFinished ? 'request answered' : 'client left before the answer')
}
