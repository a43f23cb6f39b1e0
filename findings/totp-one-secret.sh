#!/usr/bin/env bash
# One would guess that a secret for one-time passwords, as an authenticator takes it, has one code at a time. It's Base32. Some
# libraries take its letters themselves for the secret: speakeasy without `encoding: 'base32'`, notp, and `totp` of otplib 12, which
# also repeats a secret of less than 20 bytes, so one secret has three codes. oathtool, otpauth and `authenticator` of otplib agree with
# the phone. A shop that makes and checks codes with one library notices nothing, and once it's replaced, it refuses everybody.
# speakeasy's link has the letters in Base32 once more, so that a phone which got it agrees, and one in which the secret was typed
# doesn't. What helps: the option, and to compare one code with `oathtool --totp --base32`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq oathtool=2.6.7-3.1+deb12u1 liboath0=2.6.7-3.1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund speakeasy@2.0.0 otplib@12.0.1 otpauth@9.5.2 notp@2.0.3 > /dev/null

cat > try.mjs << 'JS'
import notp from 'notp'
import { TOTP } from 'otpauth'
import otplib from 'otplib'
import speakeasy from 'speakeasy'
const secret = 'JBSWY3DPEHPK3PXP'
const at = 1793491200
const now = { epoch: at * 1000 }
const show = (name, code) => console.log(`${name}: ${code}`)
show('otpauth', new TOTP({ secret }).generate({ timestamp: at * 1000 }))
show('otplib, authenticator', otplib.authenticator.clone(now).generate(secret))
show('otplib, totp', otplib.totp.clone(now).generate(secret))
show('speakeasy, with the option', speakeasy.totp({ secret, encoding: 'base32', time: at }))
show('speakeasy', speakeasy.totp({ secret, time: at }))
show('notp', notp.totp.gen(secret, { _t: at * 1000 }))
show('speakeasy, link', speakeasy.otpauthURL({ secret, label: 'Tea' }))
show('speakeasy, link with the option', speakeasy.otpauthURL({ secret, label: 'Tea', encoding: 'base32' }))
JS
echo 'speakeasy 2.0.0, otplib 12.0.1, otpauth 9.5.2, notp 2.0.3, oathtool 2.6.7'
{
  echo "oathtool --base32: $(usr/bin/oathtool --totp --base32 --now='2026-11-01 00:00:00 UTC' JBSWY3DPEHPK3PXP)"
  NODE_ENV=test node try.mjs # notp takes a time of one's own in tests only
} | tee seen
[ "$(cat seen)" = 'oathtool --base32: 601462
otpauth: 601462
otplib, authenticator: 601462
otplib, totp: 599313
speakeasy, with the option: 601462
speakeasy: 259033
notp: 259033
speakeasy, link: otpauth://totp/Tea?secret=JJBFGV2ZGNCFARKIKBFTGUCYKA
speakeasy, link with the option: otpauth://totp/Tea?secret=JBSWY3DPEHPK3PXP' ]
