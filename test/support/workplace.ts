import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from '@jest/globals'
import { undoAll } from './undo-all.ts'

/** Where the folders of all tests are: see before-all.js. */
export const { TEST_FOLDER = tmpdir() } = process.env

const cleanups: (() => unknown)[] = []
afterEach(() => undoAll(cleanups.splice(0)))

/** Registers what is undone after the running test, last first. */
export function later(cleanUp: () => unknown): void {
  cleanups.push(cleanUp)
}

/** An empty folder, gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(TEST_FOLDER, 'nickel-'))
  later(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still until it is told to go on. */
export function aClock(now = Date.UTC(2026, 0, 1)) {
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
}

/** A server on a free port of this machine, closed after the test. */
export async function listen(
  handler: RequestListener,
): Promise<{ url: string; port: number; server: Server }> {
  const server = createServer(handler)
  const port = await startListening(server)
  return { url: `http://127.0.0.1:${port}`, port, server }
}

/** Lets a handler answer a client that leaves meanwhile. Its address stays known to those who have read it before. */
export function leaveMeanwhile(handler: RequestListener): RequestListener {
  return (req, res) => {
    void req.socket.remoteAddress
    res.once('close', () => handler(req, res))
    req.socket.destroy()
  }
}

/** Lets a server listen on a free port of this machine, and closes it after the test. */
export async function startListening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  later(() => close(server))
  return (server.address() as AddressInfo).port
}

function close(server: Server): Promise<unknown> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}
