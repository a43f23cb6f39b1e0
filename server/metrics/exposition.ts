import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client'
import type { Shop } from '../shop.ts'
import { PAID_WITHIN_S, type Spread } from '../tally.ts'
import { MEASURES, type Measure } from './measures.ts'

// Of the process, but with the ending of counters, which they aren't.
const MISNAMED = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`)

/** Opens what /metrics shows: the shop's own measures, and those of the process, such as the delay of its event loop. */
export function openRegistry(shop: Shop): Registry {
  const registry = new Registry()
  for (const measure of MEASURES) addMeasure(registry, shop, measure)
  addOfferToPaid(registry, shop)
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  return registry
}

/** The shop counts by itself, so the values are copied whenever they are read. */
function addMeasure(
  registry: Registry,
  shop: Shop,
  { name, help, labelNames = [], type, read }: Measure,
): void {
  const metric =
    type === 'counter'
      ? new Counter({ name, help, labelNames, registers: [registry], collect })
      : new Gauge({ name, help, labelNames, registers: [registry], collect })
  async function collect(): Promise<void> {
    const readings = await read(shop)
    metric.reset()
    if (readings.length === 0 && labelNames.length === 0) metric.remove()
    for (const [value, ...labels] of readings)
      metric.inc(Object.fromEntries(labelNames.map((label, index) => [label, labels[index] ?? ''])), value)
  }
}

/** A histogram of prom-client's own can only be given one value after another, not counts. */
function addOfferToPaid(registry: Registry, { tally }: Shop): void {
  const about = {
    name: 'nickel_offer_to_paid_seconds',
    help: 'Seconds from an order to its payment, by the messenger that proved it first.',
    type: 'histogram',
  }
  const get = async () => ({
    ...about,
    values: Object.entries(tally.offerToPaid).flatMap(([messenger, spread]) =>
      toSeries(about.name, { messenger }, spread),
    ),
  })
  registry.registerMetric({ ...about, get } as unknown as Metric)
}

function toSeries(name: string, labels: object, { inRange, count, sum }: Spread) {
  let below = 0
  const buckets = PAID_WITHIN_S.map((le, index) => {
    below += inRange[index] ?? 0
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below }
  })
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
