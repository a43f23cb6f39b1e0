#!/usr/bin/env bash
# One would guess that a shop at example.co.uk can let its buyers log in with Code: that is a registered domain, not a subdomain
# of anybody's. Code's package counts dots, so everything with more than one is a subdomain, and no shop below co.uk, com.br or
# com.au can ask for a login.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/intents@1.1.0 @code-wallet/keys@1.1.0 > /dev/null

cat > try.cjs << 'JS'
const { LoginRequestIntent } = require('@code-wallet/intents')
const { Keypair } = require('@code-wallet/keys')
const pair = Keypair.generate()
for (const domain of ['example.com', 'example.co.uk', 'loja.com.br']) {
  let said = 'passes'
  try {
    new LoginRequestIntent({ mode: 'login', login: { domain, verifier: pair.getPublicKey().toBase58() }, signers: [pair] })
  } catch ({ message }) {
    said = message
  }
  console.log(`${domain}: ${said}`)
}
JS
echo "@code-wallet/intents $(node -p 'require("@code-wallet/intents/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'example.com: passes
example.co.uk: login subdomains are not supported
loja.com.br: login subdomains are not supported' ]
