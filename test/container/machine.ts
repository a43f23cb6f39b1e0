import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Runs a program to its end, and returns what it wrote. Throws with its output if it fails. */
export function execute(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0)
    throw new Error(
      `${program} ${args.join(' ').slice(0, 200)} failed: ${error?.message ?? `${stdout}${stderr}`.slice(-2_000)}`,
    )
  return stdout
}

/** Returns why containers can't be tried on this machine, or undefined. */
export function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux'
  if (process.getuid?.() !== 0) return 'it needs root, to mount and to change the root folder'
  if (!existsSync('/usr/sbin/debootstrap')) return 'debootstrap is not installed'
  const { status, stderr } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'])
  return status === 0 ? undefined : `mounts are refused here: ${String(stderr).trim()}`
}

/** Returns the Debian mirror that apt uses, so that nothing is loaded from elsewhere. */
export function findMirror(): string {
  const sites = execute('apt-get', [
    'indextargets',
    '--format',
    '$(SITE) $(COMPONENT)',
    'Created-By: Packages',
  ])
  const [, site] = /^(\S+\/debian\/?) main$/m.exec(sites) ?? []
  return site ?? 'http://deb.debian.org/debian'
}

/** A mount and PID namespace in which `script` runs, so that no mount stays behind however it ends. */
export function inNamespace(script: string): string[] {
  return ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-ec', script]
}

/** Single-quotes a word for sh. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** What lets programs in a new root reach the network as this machine does, and only while it is built. */
export function networkFiles(): { mounts: [from: string, to: string][]; env: Record<string, string> } {
  const certificates = process.env.NODE_EXTRA_CA_CERTS
  const registry = execute('npm', ['config', 'get', 'registry']).trim()
  const env = { npm_config_registry: registry, npm_config_update_notifier: 'false' }
  const resolver: [string, string] = ['/etc/resolv.conf', '/etc/resolv.conf']
  if (!certificates || !readFileSync(certificates).length) return { mounts: [resolver], env }
  return {
    mounts: [resolver, [certificates, '/etc/extra-ca-certificates.crt']],
    env: { ...env, NODE_EXTRA_CA_CERTS: '/etc/extra-ca-certificates.crt' },
  }
}
