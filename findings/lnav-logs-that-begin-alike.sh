#!/usr/bin/env bash
# One would guess that lnav, given the logs of two servers, shows both. It takes two files for the same one, which was renamed
# or linked, if their first entries are equal, and reads one of them: where a check asks both servers in the same second after
# midnight, a server's whole day is missing from the view and from each query. A query doesn't mention it; the list of files,
# which one has to open, has a line "hiding duplicate". Names and sizes don't matter, nor what comes after the first entry, nor
# a line with the server's name in front of it. What helps: to leave out the check, as with `grep -v /healthz`, and to compare
# the count with that of `wc -l`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq lnav=0.11.1-3 libarchive13=3.6.2-1+deb12u5 libcurl3-gnutls=7.88.1-10+deb12u15 \
  libnghttp2-14=1.52.0-1+deb12u3 librtmp1=2.4+20151223.gitfa8646d.1-2+b2 libssh2-1=1.10.0-3+deb12u1 libpsl5=0.21.2-1 \
  libldap-2.5-0=2.5.13+dfsg-5 libsasl2-2=2.1.28+dfsg-10+deb12u1 libbrotli1=1.0.9-2+deb12u1 libreadline8=8.2-1.3 \
  libsqlite3-0=3.40.1-2+deb12u2 libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu TZ=UTC LC_ALL=C

# request TIME PATH: a line of a log
request() { echo "127.0.0.1 - - [01/Nov/2026:$1 +0000] \"GET $2 HTTP/1.1\" 200 100 \"-\" \"-\""; }
{ request 00:00:00 /healthz; request 10:00:00 /tea; request 12:00:00 /cup; } > first.log
{ request 00:00:00 /healthz; request 11:00:00 /pot; request 13:00:00 /bag; request 14:00:00 /tea; } > second.log
sed 's/00:00:00/00:00:01/' second.log > second-later.log
sed '1i server 1' first.log > named-first.log
sed '1i server 2' second.log > named-second.log
grep -v /healthz first.log > first-rest.log
grep -v /healthz second.log > second-rest.log
# paths FILE…: what lnav finds in them
paths() {
  local query=';SELECT cs_uri_stem FROM access_log'
  echo "$*: $(usr/bin/lnav -n -c "$query" -c ':write-csv-to -' "$@" < /dev/null | sed 1d | paste -sd ' ')"
}
usr/bin/lnav --version
{
  paths first.log second.log
  paths first.log second-later.log
  paths named-first.log named-second.log
  paths first-rest.log second-rest.log
} | tee seen
[ "$(cat seen)" = 'first.log second.log: /healthz /pot /bag /tea
first.log second-later.log: /healthz /healthz /tea /pot /cup /bag /tea
named-first.log named-second.log: /healthz /pot /bag /tea
first-rest.log second-rest.log: /tea /pot /cup /bag /tea' ]
