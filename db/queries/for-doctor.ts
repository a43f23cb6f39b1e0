/** What a doctor's round trip needs, at both of its ends. */
export {
  type Arrival,
  deleteProbe,
  findOpenProbes,
  findProbe,
  type OpenProbe,
  type Probe,
  recordArrival,
  recordSight,
  storeProbe,
} from './probes.ts'
