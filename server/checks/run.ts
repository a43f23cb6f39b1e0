import { setMaxListeners } from 'node:events'
import type { Config } from '../config/index.ts'
import { couldNotCheck, type Finding, type Report, worstOf } from '../finding.ts'
import type { Clock } from '../time.ts'
import { SECOND_MS, systemClock } from '../time.ts'
import { checkCatalogue } from './catalogue.ts'
import { checkClock } from './clock.ts'
import { checkCode } from './code.ts'
import { checkDatabase } from './database.ts'
import { checkFiles } from './files.ts'
import { checkInstallation } from './installation.ts'
import { internet, type Network } from './network.ts'
import { checkPages } from './pages.ts'
import { checkPublicAddress } from './public-address.ts'
import { checkRoundTrip } from './round-trip.ts'
import { checkSettings, findWarnings } from './settings.ts'
import { newSubject, type Subject } from './subject.ts'

const CHECKS_DEADLINE_MS = 15 * SECOND_MS // so that the command ends within 20 s, its own start and end included
const CLEANING_UP_MS = 2 * SECOND_MS

/** What is looked at by one function. */
export interface Section {
  name: string
  check(subject: Subject): Finding[] | Promise<Finding[]>
}

export const SECTIONS: readonly Section[] = [
  { name: 'catalogue', check: checkCatalogue },
  { name: 'database', check: checkDatabase },
  { name: 'files', check: checkFiles },
  { name: 'clock', check: checkClock },
  { name: 'Code', check: checkCode },
  { name: 'public address', check: checkPublicAddress },
  { name: 'webhook', check: checkRoundTrip },
  { name: 'pages', check: checkPages },
]

export interface CheckOptions {
  /** The process's environment, to which the settings of the file are added */
  env?: Record<string, string | undefined>
  envPath?: string
  publicUrlFile?: string
  /** The configuration, if it has been read; then the file isn't looked at */
  config?: Config
  network?: Network
  clock?: Clock
  deadlineMs?: number
  /** The names of the sections to look at. Default: all */
  only?: readonly string[]
  /** Ends the examination early; what isn't ready then could not be checked */
  signal?: AbortSignal
  /** Called with the findings of each section, in their order, as soon as all those before them are there */
  onFindings?(findings: readonly Finding[]): void
  /** Called with the names of the sections that aren't ready yet, whenever they change */
  onWaiting?(names: readonly string[]): void
}

/** Asks all of the doctor's questions, side by side. Changes nothing but the probe's row, which is deleted at the end. */
export async function runChecks(options: CheckOptions = {}): Promise<Report> {
  const { clock = systemClock, onFindings = () => undefined, only } = options
  const [beganAt, at] = [performance.now(), new Date(clock.now()).toISOString()]
  const { config, findings: first } = readSettings(options)
  onFindings(first)
  const sections = SECTIONS.filter(({ name }) => only?.includes(name) ?? true)
  const others = config ? await runSections(sections, config, options) : []
  const findings = [...first, ...others]
  return { verdict: worstOf(findings), at, ms: Math.round(performance.now() - beganAt), findings }
}

function readSettings({ env = process.env, envPath, publicUrlFile, config, only }: CheckOptions) {
  if (config && only) return { config, findings: findWarnings(config) }
  const installation = checkInstallation()
  if (config) return { config, findings: [...installation, ...findWarnings(config)] }
  const settings = checkSettings(env, envPath, publicUrlFile)
  return { config: settings.config, findings: [...installation, ...settings.findings] }
}

async function runSections(
  sections: readonly Section[],
  config: Config,
  { network = internet, clock = systemClock, deadlineMs = CHECKS_DEADLINE_MS, ...report }: CheckOptions,
): Promise<Finding[]> {
  const stopping = new AbortController()
  report.signal?.addEventListener('abort', () => stopping.abort(), { once: true })
  setMaxListeners(0, stopping.signal) // each request listens to it
  const timer = setTimeout(() => stopping.abort(), deadlineMs)
  const subject = newSubject({ config, network, clock, signal: stopping.signal })
  const waiting = new Set(sections)
  const tellWaiting = () => report.onWaiting?.([...waiting].map(({ name }) => name))
  tellWaiting()
  try {
    const running = sections.map(async (section) => {
      const findings = await runSection(section, subject, deadlineMs)
      waiting.delete(section)
      tellWaiting()
      return findings
    })
    const findings: Finding[] = []
    for (const section of running) {
      const found = await section
      report.onFindings?.(found)
      findings.push(...found)
    }
    return findings
  } finally {
    clearTimeout(timer)
  }
}

/** A check that takes too long, or fails in a way that nobody has thought of, must not hide what the others have found. */
async function runSection(section: Section, subject: Subject, deadlineMs: number): Promise<Finding[]> {
  const about = { check: nameOf(section), lookedAt: capital(section.name) }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve([{ ...about, ...couldNotCheck(`It took longer than ${deadlineMs / SECOND_MS} s.`) }]),
      deadlineMs + CLEANING_UP_MS,
    )
  })
  try {
    return await Promise.race([Promise.resolve(section.check(subject)), late])
  } catch (error) {
    return [{ ...about, ...couldNotCheck(`This check failed: ${(error as Error).message}`) }]
  } finally {
    clearTimeout(timer)
  }
}

/** Returns what a section's own finding is called in a report. */
export function nameOf({ name }: Section): string {
  return name.toLowerCase().replaceAll(' ', '-')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
