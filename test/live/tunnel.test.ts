import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findCloudflared } from '../../server/live/find-cloudflared.ts'
import { keepTunnel, type TunnelNews } from '../../server/live/keep-tunnel.ts'
import { startTunnel, type TunnelPlan } from '../../server/live/tunnel.ts'
import { aStandIn, isRunning, type StandInPlan } from '../support/cloudflared.ts'
import { aFolder, later } from '../support/workplace.ts'

const [FIRST, SECOND] = ['first-words.trycloudflare.com', 'other-words.trycloudflare.com']
const PAUSES = { firstMs: 1, longestMs: 4, stableMs: 60_000 }
const running = new AbortController().signal

function aTunnel(plan: StandInPlan = {}, named?: TunnelPlan['named']) {
  const standIn = aStandIn(aFolder(), plan)
  const env = { ...standIn.env, TUNNEL_URL: 'http://other', TUNNEL_TOKEN: 'of another tunnel' }
  const tunnelPlan = { path: standIn.path, localUrl: 'http://127.0.0.1:3030', named, env }
  return { ...standIn, plan: tunnelPlan, start: () => startTunnel(tunnelPlan, running) }
}

describe('a quick tunnel', () => {
  test.each(['json', 'text'] as const)('is known by its metrics, with its log as %s', async (output) => {
    const { start, starts } = aTunnel({ names: [FIRST], output, nameMs: 150, readyMs: 150 })
    const tunnel = await start()
    expect(tunnel.url).toBe(`https://${FIRST}`)
    const [{ pid, args, settings } = { pid: 0, args: [''], settings: [] }] = starts()
    expect(args.join(' ')).toMatch(
      /^tunnel --no-autoupdate --output json --metrics 127\.0\.0\.1:\d+ --config \S+ --url http:\/\/127\.0\.0\.1:3030$/,
    )
    expect(settings).toEqual([]) // those of another tunnel would change this one
    expect(readFileSync(args[args.indexOf('--config') + 1] ?? '', 'utf8')).toBe('') // and so would its file
    expect(tunnel.lastErrors()).toEqual([])
    await tunnel.stop()
    expect(isRunning(pid)).toBe(false)
  })

  test.each(['json', 'text'] as const)('that isn’t given says why, with its log as %s', async (output) => {
    const { start } = aTunnel({ fails: [0], output })
    await expect(start()).rejects.toThrow(
      /^The tunnel could not get an address\. It has ended and says:\n .*failed to request quick Tunnel: .*no such host$/,
    )
  })

  test('is not waited for any more when the merchant stops', async () => {
    const { plan, starts } = aTunnel({ nameMs: 60_000 })
    const stopping = new AbortController()
    const starting = startTunnel(plan, stopping.signal)
    while (starts().length === 0) await new Promise(setImmediate)
    stopping.abort()
    await expect(starting).rejects.toThrow('aborted')
    expect(isRunning(starts()[0]?.pid ?? 0)).toBe(false)
  })
})

test('a tunnel with a name of its own gets its token where no other user sees it', async () => {
  const { start, starts } = aTunnel({}, { host: 'shop.example.org', token: 'secret-token' })
  const tunnel = await start()
  later(() => tunnel.stop())
  expect(tunnel.url).toBe('https://shop.example.org')
  expect(starts()[0]).toMatchObject({ token: 'secret-token', settings: ['TUNNEL_TOKEN'] })
  expect(starts()[0]?.args.at(-1)).toBe('run')
  expect(
    execFileSync('ps', ['-o', 'args=', '-p', String(starts()[0]?.pid)], { encoding: 'utf8' }),
  ).not.toContain('secret-token')
})

describe('a tunnel that dies', () => {
  test('is started again, with another name', async () => {
    const { start, plan, kill, starts } = aTunnel({ names: [FIRST, SECOND] })
    const { news, connected, lost } = recording()
    const kept = keepTunnel(await start(), plan, news, PAUSES)
    kill()
    expect(await connected()).toBe(`https://${SECOND}`)
    expect(lost).toEqual([{ pauseMs: 1, errors: [] }])
    await kept.stop()
    expect(starts().map(({ pid }) => isRunning(pid))).toEqual([false, false])
  })

  test('is tried again with longer and longer pauses, up to the longest', async () => {
    const { start, plan, kill } = aTunnel({ fails: [1, 2, 3, 4] })
    const { news, connected, lost } = recording()
    const kept = keepTunnel(await start(), plan, news, PAUSES)
    later(() => kept.stop())
    kill()
    await connected()
    expect(lost.map(({ pauseMs }) => pauseMs)).toEqual([1, 2, 4, 4, 4])
    expect(lost[1]?.errors.join()).toContain('failed to request quick Tunnel')
  })

  test('is not started a second time while its address can’t be noted: that is tried again by itself', async () => {
    const { start, plan, kill, starts } = aTunnel({ names: [FIRST, SECOND] })
    const { news, connected, lost, notNoted } = recording()
    const failures = [new Error('no space'), new Error('still none')]
    const onConnected = async (url: string) => {
      const failure = failures.shift()
      if (failure) throw failure
      news.onConnected(url)
    }
    const kept = keepTunnel(await start(), plan, { ...news, onConnected }, PAUSES)
    later(() => kept.stop())
    kill()
    expect(await connected()).toBe(`https://${SECOND}`)
    expect(lost).toHaveLength(1)
    expect(notNoted).toEqual([
      { message: 'no space', pauseMs: 2 },
      { message: 'still none', pauseMs: 4 },
    ])
    expect(starts()).toHaveLength(2)
  })

  test('is started again even if it dies while its address can’t be noted', async () => {
    const { start, plan, kill, starts } = aTunnel({ names: [FIRST, SECOND] })
    const { news, connected } = recording()
    const onConnected = (url: string) => {
      if (starts().length > 2) return news.onConnected(url)
      kill()
      throw new Error('no space')
    }
    const kept = keepTunnel(await start(), plan, { ...news, onConnected }, PAUSES)
    later(() => kept.stop())
    kill()
    await connected()
    expect(starts()).toHaveLength(3)
  })

  test('has short pauses again after it has been stable', async () => {
    const { start, plan, kill } = aTunnel({ fails: [1] })
    const { news, connected, lost } = recording()
    const kept = keepTunnel(await start(), plan, news, { ...PAUSES, stableMs: 0 })
    later(() => kept.stop())
    for (const _ of [1, 2]) {
      kill()
      await connected()
    }
    expect(lost.map(({ pauseMs }) => pauseMs)).toEqual([1, 2, 1])
  })

  test('stays dead when the merchant stops', async () => {
    const { start, plan, kill, starts } = aTunnel()
    const { news, lost } = recording()
    const kept = keepTunnel(await start(), plan, news, { ...PAUSES, firstMs: 60_000 })
    kill()
    while (lost.length === 0) await new Promise(setImmediate)
    await kept.stop()
    expect(starts()).toHaveLength(1)
  })
})

describe('the program', () => {
  test('is found on the PATH', async () => {
    const { env, path } = aStandIn(aFolder())
    expect(await findCloudflared(env)).toEqual({ path, version: '2026.8.0' })
  })

  test('that isn’t there can be got in one line for each system', async () => {
    await expect(findCloudflared({ PATH: aFolder() })).rejects.toThrow(
      /isn’t installed on this machine.*macOS +brew install cloudflared\n.*Windows +winget .*Nothing was changed\.$/s,
    )
  })

  test('that doesn’t run is not taken for one', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'cloudflared'), '#!/bin/sh\nexit 3\n')
    chmodSync(join(folder, 'cloudflared'), 0o755)
    await expect(findCloudflared({ PATH: folder })).rejects.toThrow(/cloudflared doesn’t run: /)
  })
})

function recording() {
  const lost: { errors: readonly string[]; pauseMs: number }[] = []
  const notNoted: { message: string; pauseMs: number }[] = []
  const urls: string[] = []
  let wake: () => void = () => undefined
  const news: TunnelNews = {
    onLost: (errors, pauseMs) => lost.push({ errors, pauseMs }),
    onNotNoted: ({ message }, pauseMs) => notNoted.push({ message, pauseMs }),
    onConnected(url) {
      urls.push(url)
      wake()
    },
  }
  return {
    news,
    lost,
    notNoted,
    /** The next address under which the tunnel is connected again */
    async connected(): Promise<string> {
      if (urls.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return String(urls.shift())
    },
  }
}
