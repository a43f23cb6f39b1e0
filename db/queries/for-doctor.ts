/** What a doctor's round trip needs, at both of its ends. */
export {
  type Arrival,
  deleteProbe,
  findOpenProbes,
  findProbe,
  recordArrival,
  recordSight,
  storeProbe,
} from './probes.ts'
