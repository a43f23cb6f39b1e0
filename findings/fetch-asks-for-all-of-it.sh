#!/usr/bin/env bash
# One would guess that fetch of Node, given `If-None-Match` with the tag of what one has, brings 304 while nothing has changed. From
# Express, Koa with koa-conditional-get, and Fastify's files it brings 200 and all of it, each time. By the standard of fetch, a request
# with such a header is one that goes past caches, and gets `Cache-Control: no-cache` and `Pragma: no-cache` added; these servers take
# `no-cache` for the wish to have the whole. axios or undici's `request` with the same tag get 304, so the server looks right, and a job
# that reads a list of prices each minute seems to work. A `Cache-Control` of one's own, even `max-age=0`, keeps the other away. What
# helps: that one beside each `If-None-Match`, or undici's `request`, got or axios, which add nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund undici@7.30.2 express@5.3.0 fastify@5.12.8 @fastify/static@10.1.11 \
  koa@3.3.0 koa-conditional-get@3.0.0 axios@1.21.1 > /dev/null
mkdir files
echo 'tea,5.25' > files/prices.csv

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import fastifyStatic from '@fastify/static'
import axios from 'axios'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import conditional from 'koa-conditional-get'
import * as undici from 'undici'
const inFastify = fastify().register(fastifyStatic, { root: `${process.cwd()}/files` })
await inFastify.ready()
const koa = new Koa().use(conditional()).use((context) => {
  context.etag = 'first'
  context.body = 'tea,5.25'
})
const handlers = {
  'Express, page': express().get('/prices.csv', (req, res) => res.send('tea,5.25')),
  'Express, file': express().use(express.static('files')),
  Koa: koa.callback(),
  'Fastify, file': inFastify.routing,
}
const clients = {
  'fetch of Node': async (url, headers) => (await fetch(url, { headers })).status,
  'fetch of undici': async (url, headers) => (await undici.fetch(url, { headers })).status,
  'with max-age=0': async (url, headers) => (await fetch(url, { headers: { ...headers, 'Cache-Control': 'max-age=0' } })).status,
  'request of undici': async (url, headers) => (await undici.request(url, { headers })).statusCode,
  axios: async (url, headers) => (await axios.get(url, { headers, validateStatus: null })).status,
}
for (const [name, handler] of Object.entries(handlers)) {
  let added
  const server = createServer((req, res) => {
    added ??= req.headers['if-none-match'] && [req.headers['cache-control'], req.headers.pragma].join(' and ')
    handler(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/prices.csv`
  const tag = (await fetch(url)).headers.get('etag')
  const seen = []
  for (const [client, ask] of Object.entries(clients)) seen.push(`${client} ${await ask(url, { 'If-None-Match': tag })}`)
  console.log(`${name}: ${seen.join(', ')}`)
  console.log(`  added by fetch: ${added}`)
}
process.exit()
JS
echo "Node $(node -p 'process.versions.node.split(`.`)[0]'), undici 7.30.2, express 5.3.0, koa 3.3.0, @fastify/static 10.1.11, axios 1.21.1"
node try.mjs | tee seen
[ "$(cat seen)" = 'Express, page: fetch of Node 200, fetch of undici 200, with max-age=0 304, request of undici 304, axios 304
  added by fetch: no-cache and no-cache
Express, file: fetch of Node 200, fetch of undici 200, with max-age=0 304, request of undici 304, axios 304
  added by fetch: no-cache and no-cache
Koa: fetch of Node 200, fetch of undici 200, with max-age=0 304, request of undici 304, axios 304
  added by fetch: no-cache and no-cache
Fastify, file: fetch of Node 200, fetch of undici 200, with max-age=0 304, request of undici 304, axios 304
  added by fetch: no-cache and no-cache' ]
