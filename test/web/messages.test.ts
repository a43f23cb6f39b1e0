import { expect, test } from '@jest/globals'
import express from 'express'
import request from 'supertest'
import { messagesOf as ofTheSandbox } from '../../sandbox/messages.ts'
import { createBoundedServer } from '../../server/listener/index.ts'
import { messagesOf as ofTheShop } from '../../server/web/index.ts'
import { startListening } from '../support/workplace.ts'

/** Serves an app of one route as the shop is served; `prototypes` tells what a request and a response were made with. */
async function aServer(name: string, messagesOf: typeof ofTheShop) {
  const app = express()
  app.set('name', name)
  app.get('/', (req, res) => {
    isUnchanged = prototypes[0] === Object.getPrototypeOf(req) && prototypes[1] === Object.getPrototypeOf(res)
    res.vary('Accept').send(`${req.get('X-Said')} to ${req.app.get('name')} at ${req.hostname}`)
  })
  let prototypes: unknown[] = []
  let isUnchanged = false
  const server = createBoundedServer(app, messagesOf(app))
  server.prependListener('request', (...made) => (prototypes = made.map(Object.getPrototypeOf)))
  return { url: `http://127.0.0.1:${await startListening(server)}`, isUnchanged: () => isUnchanged }
}

test.each([
  ['the shop', ofTheShop],
  ['the sandbox', ofTheSandbox],
])('Express changes the prototype of no message of %s, and its methods are there', async (_, messagesOf) => {
  const [one, other] = [await aServer('one', messagesOf), await aServer('other', messagesOf)]
  for (const [server, name] of [
    [one, 'one'],
    [other, 'other'],
    [one, 'one'],
  ] as const) {
    const { text, headers } = await request(server.url)
      .get('/')
      .set('X-Said', 'hello')
      .set('Host', 'shop.example')
      .expect(200)
    expect(text).toBe(`hello to ${name} at shop.example`)
    expect(headers).toMatchObject({ vary: 'Accept', etag: expect.any(String) })
    expect(server.isUnchanged()).toBe(true)
  }
})
