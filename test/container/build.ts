import { cpSync, mkdirSync, statSync } from 'node:fs'
import { basename, join, posix, relative } from 'node:path'
import { isIgnored, readIgnored, type Stage, type Step } from './dockerfile.ts'
import { execute, inNamespace, networkFiles, quote } from './machine.ts'

interface Place {
  /** The project, from which COPY takes files */
  context: string
  /** An image as FROM names it, which every stage begins with */
  base: string
  /** The folder of each stage */
  rootOf(stage: string): string
  /** Folders for `RUN --mount=type=cache`; npm's is the machine's own */
  cacheOf(target: string): string
  say(text: string): void
}

/** Carries out every step of a stage, in a root folder of its own. */
export function buildStage(stage: Stage, place: Place): void {
  const root = place.rootOf(stage.name)
  execute('cp', ['-a', '--reflink=auto', place.base, root])
  let folder = '/'
  for (const step of stage.steps) {
    const beganAt = performance.now()
    if (step.kind === 'WORKDIR') folder = enter(root, step.folder)
    else if (step.kind === 'COPY') copy(step, { ...place, root, folder })
    else run(step, { ...place, root, folder, environment: stage.environment })
    place.say(`${stage.name}: ${describe(step)} (${((performance.now() - beganAt) / 1000).toFixed(1)} s)`)
  }
}

function describe(step: Step): string {
  if (step.kind === 'RUN') return `RUN ${step.command.slice(0, 60)}`
  return step.kind === 'COPY' ? `COPY ${step.sources.join(' ')} ${step.target}` : `WORKDIR ${step.folder}`
}

function enter(root: string, folder: string): string {
  mkdirSync(join(root, folder), { recursive: true })
  return folder
}

function copy(step: Step & { kind: 'COPY' }, place: Place & { root: string; folder: string }): void {
  const target = join(place.root, posix.resolve(place.folder, step.target))
  const from = step.from === undefined ? place.context : place.rootOf(step.from)
  const isWanted = step.from === undefined ? wantedBy(join(place.context, '.dockerignore'), from) : () => true
  for (const source of step.sources.map((source) => join(from, source))) {
    const isIntoFolder = step.target.endsWith('/') || step.sources.length > 1
    const to = isIntoFolder && !statSync(source).isDirectory() ? join(target, basename(source)) : target
    cpSync(source, to, { recursive: true, verbatimSymlinks: true, filter: isWanted }) // a folder's content, as engines do
  }
}

function wantedBy(ignoreFile: string, context: string): (path: string) => boolean {
  const ignored = readIgnored(ignoreFile)
  return (path) => !isIgnored(ignored, relative(context, path))
}

function run(
  { command, caches }: Step & { kind: 'RUN' },
  place: Place & { root: string; folder: string; environment: Record<string, string> },
): void {
  const network = networkFiles()
  const mounts = [...network.mounts, ...caches.map((target) => [place.cacheOf(target), target] as const)]
  for (const [from, to] of mounts) execute('sh', ['-c', prepareMountPoint(from, join(place.root, to))])
  const binds = mounts.map(([from, to]) => `mount --bind ${quote(from)} ${quote(join(place.root, to))}`)
  const devices = ['null', 'zero', 'random', 'urandom'].map(
    (name) => `touch ${place.root}/dev/${name}; mount --bind /dev/${name} ${place.root}/dev/${name}`,
  )
  const variables = Object.entries({ PATH, HOME: '/root', ...place.environment, ...network.env })
  const env = variables.map(([name, value]) => quote(`${name}=${value}`)).join(' ')
  const script = [
    ...binds,
    ...devices,
    `mount -t proc proc ${place.root}/proc`,
    `exec chroot ${place.root} env -i ${env} sh -c ${quote(`cd ${place.folder} && ${command}`)}`,
  ]
  const [program = '', ...args] = inNamespace(script.join('\n'))
  execute(program, args)
}

function prepareMountPoint(from: string, to: string): string {
  return statSync(from).isDirectory()
    ? `mkdir -p ${quote(to)}`
    : `mkdir -p ${quote(join(to, '..'))}; touch ${quote(to)}`
}

export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
