/**
 * The smallest payable amount of each currency in hundredths, as Code documents them: the 150 currencies which have
 * a limit and which Code's packages know.
 */
// biome-ignore format: a table, eight a line
const minimums: Readonly<Record<string, number>> = {
  aed: 20, afn: 400, all: 500, amd: 2_000, ang: 10, aoa: 2_000, ars: 500, aud: 5,
  awg: 10, azn: 5, bam: 10, bbd: 10, bdt: 500, bgn: 10, bhd: 2, bif: 10_000,
  bmd: 5, bnd: 5, bob: 30, brl: 20, bsd: 5, btn: 400, bwp: 50, byn: 10,
  bzd: 10, cad: 5, cdf: 10_000, chf: 5, clp: 3_000, cny: 30, cop: 20_000, crc: 3_000,
  cup: 100, cve: 500, czk: 100, djf: 800, dkk: 20, dop: 250, dzd: 500, egp: 50,
  ern: 50, etb: 250, eur: 5, fjd: 10, fkp: 5, gbp: 5, gel: 10, ghs: 45,
  gip: 5, gmd: 300, gnf: 40_000, gtq: 30, gyd: 1_000, hkd: 20, hnl: 100, hrk: 30,
  htg: 500, huf: 1_000, idr: 30_000, ils: 15, inr: 200, iqd: 5_000, irr: 200_000, isk: 500,
  jmd: 500, jod: 2, jpy: 500, kes: 500, kgs: 200, khr: 20_000, kmf: 2_000, kpw: 5_000,
  krw: 5_000, kwd: 1, kyd: 5, kzt: 2_000, lak: 50_000, lbp: 60_000, lkr: 1_000, lrd: 500,
  lyd: 25, mad: 50, mdl: 50, mga: 20_000, mkd: 300, mmk: 10_000, mnt: 15_000, mop: 40,
  mru: 200, mur: 200, mvr: 50, mwk: 5_000, mxn: 50, myr: 10, mzn: 300, nad: 50,
  ngn: 2_000, nio: 100, nok: 50, npr: 500, nzd: 10, omr: 1, pab: 5, pen: 10,
  pgk: 20, php: 200, pkr: 1_000, pln: 15, pyg: 30_000, qar: 10, ron: 10, rsd: 500,
  rub: 300, rwf: 5_000, sar: 15, sbd: 40, scr: 60, sdg: 3_000, sek: 50, sgd: 5,
  shp: 5, sll: 100_000, sos: 3_000, srd: 100, syp: 10_000, szl: 50, thb: 100, tjs: 50,
  tmt: 15, tnd: 15, top: 10, try: 50, ttd: 30, twd: 100, tzs: 10_000, uah: 200,
  ugx: 20_000, usd: 5, uyu: 200, uzs: 50_000, vnd: 100_000, vuv: 500, wst: 10, xaf: 3_000,
  xcd: 10, xof: 3_000, xpf: 500, yer: 1_000, zar: 50, zmw: 50,
}

const LARGEST_OVER_SMALLEST = 5_000 // 0.05 to 250.00 USD, and the same range for every other currency

// The documentation has none for kin itself, Code's server has: 5,000 kin.
const SMALLEST_IN_KIN = 500_000

// Pretended: Code asks a market. Here a kin is always worth 0.00000893 USD, and every other currency's value follows
// from the assumption that all minimums are worth the same.
const USD_PER_KIN_E8 = 893

export interface Limits {
  minimum: number
  maximum: number
}

/** The payable range in hundredths, or undefined for a currency that can't be paid in. `currency` is lower case. */
export function findLimits(currency: string): Limits | undefined {
  if (currency !== 'kin' && !Object.hasOwn(minimums, currency)) return undefined
  const minimum = minimums[currency] ?? SMALLEST_IN_KIN
  return { minimum, maximum: minimum * LARGEST_OVER_SMALLEST }
}

/** Those with a documented limit. */
export const currencies: readonly string[] = Object.keys(minimums)

/** The pretended price of one kin in a currency. Throws a TypeError for one that findLimits doesn't know. */
export function exchangeRate(currency: string): number {
  if (currency === 'kin') return 1
  const limits = findLimits(currency)
  if (!limits) throw new TypeError(`no exchange rate for ${currency}`)
  return (USD_PER_KIN_E8 * limits.minimum) / 5 / 1e8 // 5: the minimum of the dollar; one rounding, so the digits stay few
}

export const QUARKS_PER_KIN = 100_000

/** What a payment moves, in quarks. Wallets pay whole kin, rounded up: 0.01 USD are 1,120 kin, not 1,119.82. */
export function toQuarks(hundredths: number, currency: string): number {
  const kin = hundredths / 100 / exchangeRate(currency)
  return Math.ceil(kin - 1e-6) * QUARKS_PER_KIN // 1e-6: a division that should come out even may end a hair above
}
