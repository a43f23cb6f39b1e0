import type { IncomingMessage } from 'node:http'

const LOOPBACK_ADDRESS = /^(?:::1|(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/
const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i
// A tunnel or a proxy on this machine is a loopback caller as well, for anyone.
const OF_PROXIES =
  /^(?:forwarded|via|x-(?:forwarded|original|envoy)(?:-.*)?|x-real-ip|(?:.*-)?client-ip|(?:cf|tailscale)-.*)$/

/**
 * Returns whether a request comes from this machine, and from nobody behind it: its address and its `Host` are loopback ones
 * (another site's name that leads here is none), and no proxy says that it forwards it.
 */
export function isLocalRequest({ socket, headers }: IncomingMessage): boolean {
  return (
    LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '') &&
    !Object.keys(headers).some((name) => OF_PROXIES.test(name))
  )
}
