import { SandboxError } from './errors.ts'

const LAST_PORT = 65_535

/** Says why the sandbox can't listen, and what to do. */
export function listenError(cause: NodeJS.ErrnoException, host: string, port: number): SandboxError {
  return new SandboxError(explain(cause, host, port), { cause })
}

/**
 * Some ports belong to protocols that a request could be mistaken for, so browsers and `fetch` connect to none of them, whatever listens
 * there. Throws a SandboxError.
 */
export async function assertConnectable(url: string, port: number): Promise<void> {
  const refusal = await fetch(url, { method: 'HEAD' }).then(
    () => undefined,
    ({ cause }) => cause?.message,
  )
  if (refusal === 'bad port')
    throw new SandboxError(
      `Browsers and Node refuse to connect to port ${port}. Choose another port: npm run sandbox -- --port 3031`,
    )
}

function explain({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}. Use --host 0.0.0.0 for all of its addresses.`
  if (code === 'EACCES')
    return `This user is not allowed to listen on port ${port}. Choose a port from 1024 up: npm run sandbox -- --port 3031`
  const reason = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${code})`
  const other = port < LAST_PORT ? port + 1 : port - 1
  return `Port ${port} ${reason}. Choose another port: npm run sandbox -- --port ${other}`
}
