import { constants, openSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { pino } from 'pino'

/** Where the shop's log goes: whole lines, of which a call may write several. It never throws, and never waits. */
export interface Output {
  /** Whether people read it as it is written */
  isTerminal?: boolean
  write(text: string): void
}

const MOST_WAITING = 1024 * 1024 // bytes for a reader that is slow
const MOST_GATHERED = 64 * 1024 // characters
const RETRY_MS = 20
const LINE_END = 0x0a

/**
 * Opens standard output for a log, which must never hold up the shop. Lines that a full disk can't store are dropped,
 * and so are lines that arrive while a slow reader already has a megabyte to read. As soon as there is space, a line says how
 * many were lost. The process doesn't wait for the log when it exits.
 */
export function openOutput(): Output {
  standardOutput ??= openStandardOutput()
  return standardOutput
}

let standardOutput: Output | undefined // a process has one

function openStandardOutput(): Output {
  const { stdout } = process
  stdout.removeListener('error', ignore).on('error', ignore) // a reader that has gone is no reason to stop selling
  if (isatty(1)) return { ...toFile(reopenTerminal()), isTerminal: true }
  // Pipes and sockets, to which Node writes without waiting. fstatSync() would tell as well, but Node 20 and 22 then don't
  // follow the link to better-sqlite3, and import an empty module: findings/node-fstat-of-a-pipe.sh.
  const { output, flush } = inTurns(stdout instanceof Socket ? toStream(stdout) : toFile(1))
  process.on('exit', flush)
  return output
}

/**
 * Writes the lines of one turn of the event loop together, before the loop goes on: payments that are committed together
 * share one call of the system. Whoever ends the process before that has to `flush`.
 */
export function inTurns({ write }: Output): { output: Output; flush: () => void } {
  let gathered = ''
  function flush(): void {
    if (gathered === '') return
    const text = gathered
    gathered = ''
    write(text)
  }
  return {
    flush,
    output: {
      write(text) {
        if (gathered === '') process.nextTick(flush)
        gathered += text
        if (gathered.length > MOST_GATHERED) flush()
      },
    },
  }
}

/** A terminal that is paused, or whose connection is stuck, would stop the shop. Opened again, it can be written to without waiting. */
function reopenTerminal(): number {
  try {
    return openSync('/dev/fd/1', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return 1 // Windows has no such path
  }
}

export function toStream(stream: Writable): Output {
  let lost = 0
  return {
    write(text) {
      if (stream.destroyed) return
      if (isFull(stream.writableLength, text, lost)) {
        lost += countLines(text)
        return
      }
      if (lost > 0) stream.write(describeLoss(lost))
      lost = 0
      stream.write(text)
    },
  }
}

/** Once a line was lost, so are all others until the reader has caught up: one report of a loss, not one for each line. */
function isFull(waiting: number, text: string, lost: number): boolean {
  return waiting + text.length > MOST_WAITING || (lost > 0 && waiting > 0)
}

interface OpenFile {
  readonly fd: number
  /** What could not be written yet */
  rest: Buffer
  isInLine: boolean
  lost: number
}

export function toFile(fd: number): Output {
  const file: OpenFile = { fd, rest: Buffer.alloc(0), isInLine: false, lost: 0 }
  return { write: (text) => writeToFile(file, text) }
}

function writeToFile(file: OpenFile, text: string): void {
  const { lost, rest } = file
  if (isFull(rest.length, text, lost)) {
    file.lost += countLines(text)
    return
  }
  file.lost = 0
  if (lost > 0) append(file, describeLoss(lost))
  if (file.lost > 0) file.lost = lost + countLines(text)
  else append(file, text)
}

function append(file: OpenFile, text: string): void {
  const isWaiting = file.rest.length > 0
  const isCutOff = file.isInLine && !isWaiting
  file.rest = Buffer.concat([file.rest, Buffer.from(isCutOff ? `\n${text}` : text)])
  if (!isWaiting) flush(file)
}

function flush(file: OpenFile): void {
  try {
    while (file.rest.length > 0) {
      const written = writeSync(file.fd, file.rest)
      file.isInLine = file.rest[written - 1] !== LINE_END
      file.rest = file.rest.subarray(written)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') setTimeout(flush, RETRY_MS, file).unref()
    else drop(file)
  }
}

function drop(file: OpenFile): void {
  file.lost += file.rest.filter((byte) => byte === LINE_END).length
  file.rest = Buffer.alloc(0)
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}

function describeLoss(lost: number): string {
  const line = { level: pino.levels.values.warn, time: new Date().toISOString(), lost }
  return `${JSON.stringify({ ...line, msg: 'log lines were lost, since nothing took them' })}\n`
}

function ignore(): void {}
