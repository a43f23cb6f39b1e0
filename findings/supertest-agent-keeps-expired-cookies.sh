#!/usr/bin/env bash
# One would guess that the agent of supertest, which keeps cookies from one request to the next as a browser does, drops them
# when a browser would. It knows `Expires`, and nothing of `Max-Age`: a session of one second is sent for as long as the agent
# lives, and what was deleted with `Max-Age=0` is sent on, without a value. Express writes both attributes, so its cookies
# expire; Hono writes Max-Age alone, and a test that a session ends, or that logging out takes the cookie away, tests nothing
# there. superagent's agent is the same. What helps: to keep them in tough-cookie, or to look at Set-Cookie itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund supertest@7.3.2 express@5.3.0 hono@4.13.19 @hono/node-server@2.1.9 tough-cookie@6.1.0 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import supertest from 'supertest'
import { CookieJar } from 'tough-cookie'
const hono = new Hono()
  .get('/login', (c) => (setCookie(c, 'sid', '7', { maxAge: 1 }), c.text('')))
  .get('/logout', (c) => (deleteCookie(c, 'sid'), c.text('')))
  .get('/', (c) => c.text(c.req.header('cookie') ?? 'no cookie'))
const app = express()
  .get('/login', (req, res) => res.cookie('sid', '7', { maxAge: 1000 }).end())
  .get('/logout', (req, res) => res.clearCookie('sid').end())
  .get('/', (req, res) => res.send(req.headers.cookie ?? 'no cookie'))
for (const [name, listener] of [['express', app], ['hono', getRequestListener(hono.fetch)]]) {
  const agent = supertest.agent(createServer(listener))
  const jar = new CookieJar()
  const visit = async (path, when) => {
    const cookie = await jar.getCookieString('http://127.0.0.1/')
    const { text, headers } = await agent.get(path)
    for (const line of headers['set-cookie'] ?? []) await jar.setCookie(line, 'http://127.0.0.1/')
    if (when) console.log(`${name}, ${when}: ${text}; tough-cookie: ${cookie || 'no cookie'}`)
  }
  await visit('/login')
  await visit('/logout')
  await visit('/', 'logged out')
  await visit('/login')
  await visit('/', 'at once')
  await wait(2100) // Express writes whole seconds
  await visit('/', 'expired')
}
process.exit()
JS
echo 'supertest 7.3.2, express 5.3.0, hono 4.13.19, tough-cookie 6.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'express, logged out: no cookie; tough-cookie: no cookie
express, at once: sid=7; tough-cookie: sid=7
express, expired: no cookie; tough-cookie: no cookie
hono, logged out: sid=; tough-cookie: no cookie
hono, at once: sid=7; tough-cookie: sid=7
hono, expired: sid=7; tough-cookie: no cookie' ]
