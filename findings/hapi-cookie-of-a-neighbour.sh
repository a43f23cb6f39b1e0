#!/usr/bin/env bash
# One would guess that a server looks at its own cookies, and lets those of others be. Browsers send each cookie of a domain to
# every server below it. hapi checks all of them, and if any has a comma, a space, a backslash, an accent or JSON in it, which
# scripts write without a second thought (`document.cookie = 'cart={"tea":2}'`), every page is a 400 to that visitor, also those
# that read no cookies, until the cookie ends. Only that visitor sees it, nobody else can repeat it. Express, Koa, Fastify with
# its plugin, and Hono show the page. What helps: `routes: { state: { failAction: 'ignore' } }`, with which hapi leaves the
# broken one out and reads the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hapi/hapi@21.4.10 express@5.3.0 cookie-parser@1.4.7 koa@3.3.0 fastify@5.12.8 @fastify/cookie@11.1.5 \
  hono@4.13.19 @hono/node-server@2.1.9 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import Hapi from '@hapi/hapi'
import cookieParser from 'cookie-parser'
import express from 'express'
import Fastify from 'fastify'
import fastifyCookie from '@fastify/cookie'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import Koa from 'koa'
const ofHapi = async (options) => {
  const server = Hapi.server({ port: 0, host: '127.0.0.1', ...options })
  server.route({ method: 'GET', path: '/', handler: (request) => `session ${request.state.sid}` })
  await server.start()
  return server.listener
}
const ofFastify = async () => {
  const app = Fastify()
  await app.register(fastifyCookie)
  app.get('/', (request) => `session ${request.cookies.sid}`)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return app.server
}
const listen = (handler) => new Promise((done) => {
  const server = createServer(handler).listen(0, '127.0.0.1', () => done(server))
})
const koa = new Koa().use((ctx) => {
  ctx.body = `session ${ctx.cookies.get('sid')}`
})
const servers = {
  hapi: await ofHapi({}),
  'hapi with failAction': await ofHapi({ routes: { state: { failAction: 'ignore' } } }),
  express: await listen(express().use(cookieParser()).get('/', (req, res) => res.send(`session ${req.cookies.sid}`))),
  koa: await listen(koa.callback()),
  fastify: await ofFastify(),
  hono: await listen(getRequestListener(new Hono().get('/', (c) => c.text(`session ${getCookie(c, 'sid')}`)).fetch)),
}
for (const cookie of ['theme=dark', 'theme=dark,large', 'cart={"tea":2}', 'name=Ann Lee']) {
  const answers = []
  for (const [name, server] of Object.entries(servers)) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers: { cookie: `sid=7; ${cookie}` } })
    answers.push(`${name} ${answer.ok ? await answer.text() : answer.status}`)
  }
  console.log(`sid=7; ${cookie}: ${answers.join(', ')}`)
}
process.exit()
JS
echo '@hapi/hapi 21.4.10, express 5.3.0, koa 3.3.0, fastify 5.12.8, hono 4.13.19'
node try.mjs | tee seen
[ "$(cat seen)" = 'sid=7; theme=dark: hapi session 7, hapi with failAction session 7, express session 7, koa session 7, fastify session 7, hono session 7
sid=7; theme=dark,large: hapi 400, hapi with failAction session 7, express session 7, koa session 7, fastify session 7, hono session 7
sid=7; cart={"tea":2}: hapi 400, hapi with failAction session 7, express session 7, koa session 7, fastify session 7, hono session 7
sid=7; name=Ann Lee: hapi 400, hapi with failAction session 7, express session 7, koa session 7, fastify session 7, hono session 7' ]
