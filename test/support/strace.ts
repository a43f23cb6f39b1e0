/** How strace runs another program: beside it and its children, silently, and stopping only the calls that are named after this. */
export const STRACE: readonly string[] = ['strace', '-D', '-f', '-qq', '--seccomp-bpf']
