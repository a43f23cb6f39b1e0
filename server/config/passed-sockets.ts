/**
 * Returns how many sockets a supervisor such as systemd has opened for this process (sd_listen_fds(3)). Such a socket stays
 * open while the shop restarts, so connections wait in it instead of being refused.
 */
export function countPassedSockets({ LISTEN_PID, LISTEN_FDS }: Record<string, string | undefined>): number {
  const isForThisProcess = LISTEN_PID === String(process.pid) // or for the one that has started it
  return isForThisProcess ? Number(LISTEN_FDS) || 0 : 0
}
