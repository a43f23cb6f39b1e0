import { expect, test } from '@jest/globals'
import express from 'express'
import supertest from 'supertest'
import { answerProblem, refuseUnknownPath } from '../../sandbox/answer-problem.ts'
import type { SandboxEvent } from '../../sandbox/events.ts'
import { useViews } from '../../sandbox/views.ts'
import { aFolder } from '../support/workplace.ts'

test('an error whose page cannot be made shows nothing of the sandbox’s inside', async () => {
  const reported: SandboxEvent[] = []
  const app = express()
  useViews(app, aFolder())
  app.use(
    refuseUnknownPath,
    answerProblem(
      (event) => void reported.push(event),
      () => undefined,
    ),
  )
  const { headers, text } = await supertest(app).get('/nothing').set('Accept', 'text/html').expect(404)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(JSON.parse(text)).toMatchObject({ status: 404, detail: 'The sandbox has nothing at /nothing.' })
  expect(text).not.toMatch(/views|node_modules/)
  expect(reported).toMatchObject([{ what: 'failed', path: '/nothing' }])
})
