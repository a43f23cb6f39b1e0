#!/usr/bin/env bash
# One would guess that `bash -c '…'` reads no startup file, since it isn't interactive, whoever starts it.
#
# What happens: started by Node with a pipe as standard input, which is the default, it runs ~/.bashrc first, and whatever that
# prints is in the output. Node's pipes are sockets, and bash takes a standard input that is a socket for a remote shell
# daemon, for which it reads ~/.bashrc. That depends on SHLVL: inside another shell, it is 1 or more, and bash reads nothing. So a
# program that works when it is started from a terminal may behave otherwise as a service.
#
# What helps: `stdio: ['ignore', …]`, `bash --norc`, or `sh`.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
echo 'echo from .bashrc' > "$home/.bashrc"
echo "Node $(node --version), bash $BASH_VERSION"

run() {
  env -i PATH="$PATH" HOME="$home" $2 node -e "
    const { spawnSync } = require('node:child_process')
    const { stdout } = spawnSync('bash', ['-c', 'echo from the command'], { stdio: ['$1', 'pipe', 'inherit'] })
    process.stdout.write(String(stdout).trim().replaceAll('\n', ', '))"
}
piped=$(run pipe '')
nested=$(run pipe SHLVL=1)
ignored=$(run ignore '')
echo "standard input is a pipe:              $piped"
echo "the same within another shell:         $nested"
echo "standard input is ignored:             $ignored"
[ "$piped" = 'from .bashrc, from the command' ] && [ "$nested" = 'from the command' ] && [ "$ignored" = 'from the command' ]
