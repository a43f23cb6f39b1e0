#!/usr/bin/env bash
# One would guess that after a refresh one has what is needed for the next one. A server may leave the refresh token out of its answer, as
# the old one stays valid, and Google's does. simple-oauth2 has a line to keep the old one then, which looks for it in the wrong
# place: the token has the key `refresh_token`, with undefined. The first refresh works, the token is stored, and at the second one,
# an hour later, the connection to the bank or the mailbox is over until somebody logs in again. client-oauth2 keeps it. What
# helps: to store the old refresh token wherever the new one is undefined, `refreshed.token.refresh_token ?? old.token.refresh_token`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund simple-oauth2@5.1.0 client-oauth2@4.3.3 > /dev/null 2>&1

cat > try.cjs << 'JS'
const { createServer } = require('node:http')
const ClientOAuth2 = require('client-oauth2')
const { AuthorizationCode } = require('simple-oauth2')
const server = createServer(async (req, res) => {
  let body = ''
  for await (const piece of req) body += piece
  const valid = new URLSearchParams(body).get('refresh_token') === 'r1'
  res.writeHead(valid ? 200 : 400, { 'Content-Type': 'application/json' })
  res.end(JSON.stringify(valid ? { access_token: 'next', token_type: 'bearer', expires_in: 3600 } : { error: 'invalid_request' }))
})
const token = { access_token: 'first', refresh_token: 'r1', token_type: 'bearer', expires_in: 3600 }
server.listen(0, '127.0.0.1', async () => {
  const tokenHost = `http://127.0.0.1:${server.address().port}`
  const client = { id: 'shop', secret: 'secret' }
  const other = new ClientOAuth2({ clientId: 'shop', clientSecret: 'secret', accessTokenUri: tokenHost })
  const tokens = {
    'simple-oauth2': new AuthorizationCode({ client, auth: { tokenHost } }).createToken(token),
    'client-oauth2': other.createToken(token.access_token, token.refresh_token, token.token_type, token),
  }
  for (const [name, first] of Object.entries(tokens)) {
    const second = await first.refresh()
    const { refresh_token: kept } = second.token ?? second.data
    const third = await second.refresh().then(() => 'works', () => 'fails')
    console.log(`${name}: after a refresh, the refresh token is ${kept ?? second.refreshToken}; the next refresh ${third}`)
  }
  server.close()
  server.closeAllConnections()
})
JS
echo 'simple-oauth2 5.1.0, client-oauth2 4.3.3'
node try.cjs | tee seen
[ "$(cat seen)" = 'simple-oauth2: after a refresh, the refresh token is undefined; the next refresh fails
client-oauth2: after a refresh, the refresh token is r1; the next refresh works' ]
