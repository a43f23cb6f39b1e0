import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { noteBackup } from '../../db/index.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop, order } from '../support/shop.ts'
import { describeUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

interface Rule {
  alert: string
  expr: string
}

const RULES = 'docs/monitoring/alerts.yml'
const CASES = 'test/metrics/alerts.test.yml'
const page = readFileSync('docs/monitoring.md', 'utf8')
const rules: Rule[] = parse(readFileSync(RULES, 'utf8')).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
)
const dashboard = JSON.parse(readFileSync('docs/monitoring/dashboard.json', 'utf8'))
const panels: { id: number; title: string; targets?: { expr: string }[] }[] = dashboard.panels
const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))

const promtool = spawnSync('promtool', ['--version']).status === 0
const ofPrometheus = describeUnless(!promtool && 'no promtool')
if (!promtool) process.stderr.write('skipped: no promtool (Debian: apt-get install prometheus)\n')

function check(args: string[], input = ''): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

/** What a shop shows in which most things have happened. */
async function metricsOf(engine?: Parameters<typeof aShop>[0]): Promise<string> {
  const shop = await aShop(engine)
  await shop.pay((await order(shop.browser())).id)
  await shop.request().post('/webhook').send('{}')
  await shop.pollDue()
  await noteBackup(shop.databaseUrl, { madeAt: shop.clock.now(), file: 'shop.tar.gz', bytes: 1 }, true)
  const { text } = await shop.request().get('/metrics').expect(200)
  return text
}

/** The names of the metrics in a text of PromQL. */
function metricsIn(expr: string): string[] {
  return expr.match(/\b(?:nickel|nodejs|process)_\w+/g) ?? []
}

if (process.env.REQUIRE_ALL === '1')
  test('promtool is installed', () => {
    if (!promtool) throw new Error('REQUIRE_ALL=1 needs promtool: apt-get install prometheus')
  })

ofPrometheus('by Prometheus’s own tool', () => {
  onSqliteAndPostgres((engine) => {
    test('the figures are well-formed, and named as they should be', async () => {
      expect(check(['check', 'metrics'], await metricsOf({ engine }))).toEqual({ status: 0, said: '' })
    })
  })

  test('the alerts are valid', () => {
    expect(check(['check', 'rules', '--lint-fatal', RULES])).toMatchObject({ status: 0 })
  })

  test('each alert fires when it should, and only then', () => {
    expect(check(['test', 'rules', CASES])).toMatchObject({ status: 0 })
    const cases = parse(readFileSync(CASES, 'utf8')).tests.flatMap(
      (each: { alert_rule_test: unknown[] }) => each.alert_rule_test,
    ) as { alertname: string; exp_alerts: unknown[] }[]
    expect(rules).toHaveLength(6)
    // promtool takes an alert that no rule has for one that keeps quiet: findings/promtool-tests-of-nothing.sh.
    expect(new Set(cases.map(({ alertname }) => alertname))).toEqual(new Set(rules.map(({ alert }) => alert)))
    for (const { alert } of rules) {
      const fires = cases.filter(({ alertname }) => alertname === alert).map((each) => each.exp_alerts.length)
      expect({ alert, fires: new Set(fires) }).toEqual({ alert, fires: new Set([0, 1]) })
    }
  })

  test('what the dashboard asks for is valid', () => {
    const file = join(aFolder(), 'dashboard.json')
    const records = shown.map((expr, index) => ({
      record: `panel:${index}`,
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'nickel'),
    }))
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: records }] })) // JSON is YAML
    expect(check(['check', 'rules', file])).toMatchObject({ status: 0 })
  })

  test('the configuration that docs/monitoring.md shows is valid', () => {
    const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? []
    const file = join(aFolder(), 'prometheus.yml')
    writeFileSync(file, yaml)
    expect(check(['check', 'config', '--syntax-only', file])).toMatchObject({ status: 0 })
    expect(yaml).toContain('job_name: nickel')
  })
})

describe('the figures', () => {
  test('are all that alerts and dashboard name', async () => {
    const text = await metricsOf()
    const there = new Set(text.match(/^\w+/gm))
    const named = [...rules.map(({ expr }) => expr), ...shown].flatMap(metricsIn)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !there.has(name))).toEqual([])
  })

  test('of the shop are explained in docs/monitoring.md, and alerts as well', async () => {
    const own = [...(await metricsOf()).matchAll(/^# TYPE (nickel_\w+)/gm)].map(([, name]) => name)
    expect(
      [...own, ...rules.map(({ alert }) => alert)].filter((name) => !page.includes(`\`${name}\``)),
    ).toEqual([])
    expect(new Set(page.match(/\bnickel_\w+/g))).toEqual(new Set(own))
  })
})

describe('the dashboard', () => {
  test('has panels of their own place and id, each for the job that was chosen', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(shown.filter((expr) => !expr.includes('job="$job"'))).toEqual([])
    const places = panels.map((panel) => JSON.stringify((panel as { gridPos?: unknown }).gridPos))
    expect(new Set(places).size).toBe(panels.length)
  })
})
