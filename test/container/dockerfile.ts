import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  type Copy,
  DockerfileParser,
  type Env,
  type Flag,
  type From,
  type JSONInstruction,
} from 'dockerfile-ast'

/** One line of a Dockerfile that changes a stage's files. */
export type Step =
  | { kind: 'RUN'; command: string; caches: string[] }
  | { kind: 'COPY'; from: string | undefined; sources: string[]; target: string }
  | { kind: 'WORKDIR'; folder: string }

/** A stage of a Dockerfile, and what its last lines say about the container. */
export interface Stage {
  name: string
  image: string
  steps: Step[]
  environment: Record<string, string>
  workFolder: string
  user: string | undefined
  volumes: string[]
  command: string[]
  healthCheck: string[]
}

/** Reads a Dockerfile. Throws for what it doesn't know, so that nothing in the file is left untried. */
export function readStages(path: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of DockerfileParser.parse(readFileSync(path, 'utf8')).getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'FROM') stages.push(openStage(instruction as From, stages.length))
    else readInto(stages.at(-1) as Stage, keyword, instruction as JSONInstruction)
  }
  return stages
}

function openStage(from: From, index: number): Stage {
  return {
    name: from.getBuildStage() ?? String(index),
    image: from.getImage() ?? '',
    ...{
      steps: [],
      environment: {},
      workFolder: '/',
      user: undefined,
      volumes: [],
      command: [],
      healthCheck: [],
    },
  }
}

function readInto(stage: Stage, keyword: string, instruction: JSONInstruction): void {
  const text = instruction.getArgumentsContent() ?? ''
  const words = instruction.getArguments().map((argument) => argument.getValue())
  switch (keyword) {
    case 'RUN':
      if (stage.user) throw new Error('RUN after USER: steps are tried as root only.')
      stage.steps.push({ kind: 'RUN', command: text, caches: readCaches(instruction.getFlags()) })
      return
    case 'COPY':
      stage.steps.push(readCopy(instruction as Copy, words))
      return
    case 'WORKDIR':
      stage.workFolder = text
      stage.steps.push({ kind: 'WORKDIR', folder: text })
      return
    case 'ENV':
      for (const property of (instruction as unknown as Env).getProperties())
        stage.environment[property.getName()] = property.getValue() ?? ''
      return
    case 'USER':
      stage.user = text
      return
    case 'VOLUME':
      stage.volumes.push(...words)
      return
    case 'CMD':
      stage.command = JSON.parse(text)
      return
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(text.replace(/^CMD /, ''))
      return
    case 'EXPOSE':
      return
    default:
      throw new Error(`${keyword} is not tried yet: teach test/container/dockerfile.ts what it does.`)
  }
}

function readCaches(flags: Flag[]): string[] {
  return flags.map((flag) => {
    const [, target] = /^type=cache,target=(.+)$/.exec(flag.getValue() ?? '') ?? []
    if (flag.getName() !== 'mount' || !target) throw new Error(`RUN ${flag} is not tried yet.`)
    return target
  })
}

function readCopy(copy: Copy, words: string[]): Step {
  const flags = copy.getFlags()
  const other = flags.find((flag) => flag.getName() !== 'from')
  if (other) throw new Error(`COPY ${other} is not tried yet.`)
  return {
    kind: 'COPY',
    from: flags[0]?.getValue() ?? undefined,
    sources: words.slice(0, -1),
    target: words.at(-1) ?? '.',
  }
}

/**
 * Reads what .dockerignore leaves out: paths from the top, of which `*` may be the end or the
 * beginning, and names at any depth. Throws for other
 * patterns.
 */
export function readIgnored(path: string): { paths: string[]; names: string[] } {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  const names = lines.filter((line) => line.startsWith('**/')).map((line) => line.slice(3))
  const paths = lines.filter((line) => !line.startsWith('**/'))
  if (paths.some((line) => /[?!]|.\*.|^\/|\/$/.test(line)))
    throw new Error('.dockerignore has a pattern that is not tried yet.')
  return { paths, names }
}

/** Whether .dockerignore leaves out this path, which is from the top. */
export function isIgnored({ paths, names }: ReturnType<typeof readIgnored>, path: string): boolean {
  return (
    paths.some((line) => matches(line, path)) ||
    names.some((name) => (name.startsWith('*') ? path.endsWith(name.slice(1)) : basename(path) === name))
  )
}

function matches(line: string, path: string): boolean {
  if (line.startsWith('*')) return !path.includes('/') && path.endsWith(line.slice(1))
  return line.endsWith('*') ? path.startsWith(line.slice(0, -1)) : path === line
}
