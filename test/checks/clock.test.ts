import { describe, expect, test } from '@jest/globals'
import { aCertificateOf, listenSecurely } from '../support/certificate.ts'
import { aPatient, SHOP } from '../support/doctor.ts'

const DEPENDENT = ['sequencer', 'frames', 'certificate', 'redirects']

/** Code's hosts and a shop with the certificates of another year, whose hosts tell this time. */
async function aPatientAmong(year: number, toldAt: number) {
  const patient = await aPatient()
  const names = [patient.CODE, patient.ELEMENTS, SHOP].map((origin) => new URL(origin).hostname)
  const certificate = aCertificateOf(year, names)
  patient.network.ca = certificate.cert
  for (const origin of [patient.CODE, patient.ELEMENTS, SHOP]) {
    const place = await listenSecurely(
      (_req, res) => void res.writeHead(404, { Date: new Date(toldAt).toUTCString() }).end(),
      certificate,
    )
    patient.hosts.set(origin, place)
  }
  return patient
}

describe('a clock by which no certificate is valid', () => {
  test.each([
    ['behind', 2090],
    ['ahead', 2000],
  ])('since it is far %s is broken, and what depends on it could not be checked', async (direction, year) => {
    const patient = await aPatientAmong(year, Date.UTC(year, 5))
    const { of } = await patient.examine()
    expect(of('clock')).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringMatching(new RegExp(`^It is \\d+ days ${direction}\\.`)),
    })
    for (const check of DEPENDENT)
      expect([check, of(check)]).toMatchObject([
        check,
        { verdict: 'could-not-check', meaning: expect.stringContaining('This machine’s clock is wrong') },
      ])
  })

  test('although it is right is none: those certificates have ended', async () => {
    const patient = await aPatientAmong(2000, Date.now())
    const { of } = await patient.examine()
    expect(of('clock').verdict).toBe('fine')
    for (const check of DEPENDENT) expect([check, of(check).verdict]).toEqual([check, 'broken'])
  })
})
