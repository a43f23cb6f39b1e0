#!/usr/bin/env bash
# One would guess that a token which is signed and hasn't ended is valid to each library, if nobody asks for more. Two claims
# divide them. `aud` says for whom a token is: in Python, PyJWT and python-jose refuse each token that has one unless they are
# told an audience; jsonwebtoken, jose, fast-jwt and Perl's Crypt::JWT don't look at it. `iat` is when it was made: PyJWT
# refuses a token that was made in the future, by a second too, and none of the others does. So where the sender's clock is a
# little ahead, a message is refused if it comes quickly, and accepted if it comes late. What helps: `leeway=30` and
# `audience=…` in PyJWT; in the others, to name the audience.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-jwt=2.6.0-1+deb12u1 python3-jose=3.3.0+dfsg-4 python3-ecdsa=0.18.0-3 python3-rsa=4.8-1 \
  python3-pyasn1=0.4.8-3+deb12u3 python3-six=1.16.0-4 libcrypt-jwt-perl=0.034-1 libcryptx-perl=0.077-1+b1 \
  libjson-perl=4.10000-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
PERL5LIB=$folder/usr/share/perl5:$(echo "$folder"/usr/lib/*/perl5/5.36)
export PERL5LIB
npm install --silent --no-audit --no-fund fast-jwt@6.3.6 jsonwebtoken@9.0.3 jose@6.2.18 > /dev/null

cat > try.mjs << 'JS'
import { createVerifier } from 'fast-jwt'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
const [, , name, token] = process.argv
const key = 'a-secret-of-no-shop-at-all-123456'
const now = Math.floor(Date.now() / 1000)
if (!token) {
  const claims = { usual: {}, audience: { aud: 'shop' }, 'a minute ahead': { iat: now + 60 } }
  console.log(jsonwebtoken.sign({ amount: 25, iat: now, exp: now + 3600, ...claims[name] }, key))
} else {
  const verify = {
    jsonwebtoken: () => jsonwebtoken.verify(token, key),
    jose: () => jwtVerify(token, new TextEncoder().encode(key)),
    'fast-jwt': () => createVerifier({ key })(token),
  }
  for (const [library, run] of Object.entries(verify)) {
    console.log(`${library}: ${await Promise.resolve().then(run).then(() => 'accepted', (error) => error.name)}`)
  }
}
JS
cat > try.py << 'PY'
import sys
import jose.jwt
import jwt

key = "a-secret-of-no-shop-at-all-123456"
for name, decode in {"PyJWT": jwt.decode, "python-jose": jose.jwt.decode}.items():
    try:
        decode(sys.argv[1], key, algorithms=["HS256"])
        print(f"{name}: accepted")
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
PY
cat > try.pl << 'PL'
use Crypt::JWT qw(decode_jwt);
my %about = (token => $ARGV[0], key => 'a-secret-of-no-shop-at-all-123456');
print 'Crypt::JWT: ', (eval { decode_jwt(%about) } ? 'accepted' : 'refused'), "\n";
PL
echo 'jsonwebtoken 9.0.3, jose 6.2.18, fast-jwt 6.3.6, PyJWT 2.6.0, python-jose 3.3.0, Crypt::JWT 0.034'
for name in usual audience 'a minute ahead'; do
  token=$(node try.mjs "$name")
  echo "$name"
  { node try.mjs "$name" "$token"; /usr/bin/python3 try.py "$token"; perl try.pl "$token"; } | sed 's/^/  /'
done | tee seen
[ "$(cat seen)" = 'usual
  jsonwebtoken: accepted
  jose: accepted
  fast-jwt: accepted
  PyJWT: accepted
  python-jose: accepted
  Crypt::JWT: accepted
audience
  jsonwebtoken: accepted
  jose: accepted
  fast-jwt: accepted
  PyJWT: InvalidAudienceError
  python-jose: JWTClaimsError
  Crypt::JWT: accepted
a minute ahead
  jsonwebtoken: accepted
  jose: accepted
  fast-jwt: accepted
  PyJWT: ImmatureSignatureError
  python-jose: accepted
  Crypt::JWT: accepted' ]
