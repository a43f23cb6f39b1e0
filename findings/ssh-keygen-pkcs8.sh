#!/usr/bin/env bash
# One would guess that `ssh-keygen -m PKCS8` writes a key in that format, as it does for RSA and ECDSA. It writes an Ed25519 key in
# OpenSSH's own format, whatever is asked for, without a word and with status 0. Node and OpenSSL don't read that, and their error
# speaks of a decoder. The other way is closed too: ssh-keygen calls OpenSSL's file of an Ed25519 key invalid. So one can't use the key
# of the other, though both would store the same 32 bytes. sshpk from npm reads both, and writes a PKCS8 file that Node refuses as well.
# What helps: `openssl genpkey` for keys that programs are to read, or Python's cryptography, which reads and writes both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openssh-client=1:9.2p1-2+deb12u10 python3-cryptography=38.0.4-3+deb12u1 python3-cffi-backend=1.15.1-5+b1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund sshpk@1.18.0 > /dev/null

cat > convert.py << 'PY'
import sys

from cryptography.hazmat.primitives import serialization as form

key = form.load_ssh_private_key(sys.stdin.buffer.read(), None)
print(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode())
PY
cat > read.cjs << 'JS'
const { execFileSync } = require('node:child_process')
const { createPrivateKey } = require('node:crypto')
const { readFileSync } = require('node:fs')
const sshpk = require('sshpk')
const env = { ...process.env, PYTHONPATH: 'usr/lib/python3/dist-packages' }
const read = (text) => {
  try {
    return createPrivateKey(text).asymmetricKeyType
  } catch ({ code }) {
    return code
  }
}
for (const name of ['ecdsa', 'ed25519']) {
  const text = readFileSync(name, 'utf8')
  console.log(`${name}: ${text.split('\n')[0].replaceAll('-', '')}`)
  console.log(`  Node: ${read(text)}; by way of sshpk: ${read(sshpk.parsePrivateKey(text).toString('pkcs8'))}`)
  if (text.includes('OPENSSH')) {
    console.log(`  by way of cryptography: ${read(execFileSync('/usr/bin/python3', ['convert.py'], { input: text, env }))}`)
  }
}
JS
for type in ecdsa ed25519; do usr/bin/ssh-keygen -q -t $type -m PKCS8 -N '' -f $type; done
(umask 077 && openssl genpkey -algorithm ed25519 -out own)
echo "OpenSSH $(dpkg-deb --field openssh-client_*.deb Version), $(openssl version), sshpk $(node -p "require('sshpk/package.json').version")"
{
  node read.cjs
  (usr/bin/ssh-keygen -y -f own 2>&1 || true) | tr -d '\r' | sed 's/.*: /ssh-keygen of a key of OpenSSL: /'
} | tee seen
[ "$(cat seen)" = 'ecdsa: BEGIN PRIVATE KEY
  Node: ec; by way of sshpk: ec
ed25519: BEGIN OPENSSH PRIVATE KEY
  Node: ERR_OSSL_UNSUPPORTED; by way of sshpk: ERR_OSSL_UNSUPPORTED
  by way of cryptography: ed25519
ssh-keygen of a key of OpenSSL: invalid format' ]
