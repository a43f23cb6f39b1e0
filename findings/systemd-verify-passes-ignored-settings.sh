#!/usr/bin/env bash
# One would guess that `systemd-analyze verify` ends with an error for a unit that has a misspelled setting, or a value that systemd
# can't read, since such lines are what people verify units for. It says so on stderr, and ends with 0: to systemd, a line that
# it ignores is no error, while a program that isn't there is one. So a pipeline that looks at the exit code lets a unit pass whose
# limits and protections are not in force. What helps is --recursive-errors=no, in spite of its name: it makes such lines errors
# in the unit itself, and not in those that it depends on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq systemd=252.39-1~deb12u2 2> /dev/null
dpkg -x systemd_*.deb .
analyze() { LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu/systemd usr/bin/systemd-analyze "$@"; }

exit_code() { analyze verify "$@" ./shop.service 2> said.txt && echo 0 || echo $?; }

# verify LINE: a unit with this line in its service
verify() {
  printf '[Unit]\nDescription=A shop\n[Service]\nExecStart=/bin/true\n%s\n' "$1" > shop.service
  echo "$1: $(exit_code), $(grep -c shop.service said.txt) complaints; with the option: $(exit_code --recursive-errors=no)"
}

seen=$(for line in ProtectSystem=strict ProtectSytem=strict MemoryMax=10Q Restart=sometimes ExecStartPre=/no/such/program; do verify $line; done)
analyze --version | head -n 1
echo "$seen"
[ "$seen" = 'ProtectSystem=strict: 0, 0 complaints; with the option: 0
ProtectSytem=strict: 0, 1 complaints; with the option: 1
MemoryMax=10Q: 0, 1 complaints; with the option: 1
Restart=sometimes: 0, 1 complaints; with the option: 1
ExecStartPre=/no/such/program: 1, 1 complaints; with the option: 1' ]
