import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PATH } from './build.ts'
import type { Stage } from './dockerfile.ts'
import { execute, inNamespace, quote } from './machine.ts'

// What compose.yaml asks for: cap_drop, and no-new-privileges.
const PRIVILEGES = 'setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --clear-groups'
const START_DEADLINE_MS = 60_000
const LOOK_EVERY_MS = 200

/** A container of a built stage: its root is read-only, its volumes are folders of this machine, its user is the stage's. */
export function aContainer(stage: Stage, root: string, volumes: string, settings: Record<string, string>) {
  let child: ChildProcess | undefined
  let output = ''
  const env = { PATH, ...stage.environment, ...settings }

  /** What runs as the container's own program, or beside it in the same files. */
  function command(words: string[]): string[] {
    const binds = stage.volumes.map(
      (path) => `mount --bind ${quote(join(volumes, path))} ${quote(join(root, path))}`,
    )
    const variables = Object.entries(env).map(([name, value]) => quote(`${name}=${value}`))
    const inside = `cd ${stage.workFolder} && exec ${words.map(quote).join(' ')}`
    return inNamespace(
      [
        `mount --bind ${root} ${root}`,
        ...['null', 'zero', 'random', 'urandom'].map(
          (name) => `mount --bind /dev/${name} ${root}/dev/${name}`,
        ),
        `mount -t proc proc ${root}/proc`,
        `mount -t tmpfs tmpfs ${root}/tmp`,
        ...binds,
        `mount -o remount,bind,ro ${root}`,
        `exec chroot ${root} ${PRIVILEGES} --reuid=${stage.user} --regid=${stage.user} env -i ${variables.join(' ')} sh -c ${quote(inside)}`,
      ].join('\n'),
    )
  }

  function run(words: string[]) {
    const [program = '', ...args] = command(words)
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
    return { status, output: `${stdout}${stderr}` }
  }

  async function start(): Promise<void> {
    for (const path of stage.volumes) openVolume(join(root, path), join(volumes, path))
    const [program = '', ...args] = command(stage.command)
    output = ''
    child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    const giveUpAt = performance.now() + START_DEADLINE_MS
    while (run(stage.healthCheck).status !== 0) {
      if (child.exitCode !== null || performance.now() > giveUpAt)
        throw new Error(`It did not get healthy:\n${output}`)
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
    }
  }

  /** Sends SIGTERM to the container's first process, and returns the exit code. */
  async function stop(): Promise<number | null> {
    const { pid } = child as ChildProcess
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    const ended = new Promise<number | null>((done) => child?.once('exit', done))
    process.kill(Number(first), 'SIGTERM')
    return ended
  }

  return { start, stop, run, output: () => output, kill: () => child?.kill('SIGKILL') }
}

/** A new volume begins with what the image has there, and belongs to the same user. */
function openVolume(inImage: string, folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(join(folder, '..'), { recursive: true })
  execute('cp', ['-a', inImage, folder])
}
