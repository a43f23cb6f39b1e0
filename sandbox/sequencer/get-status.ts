import { type GetStatusRequest, GetStatusResponse } from '@code-wallet/rpc'
import { readAddress } from '../addresses.ts'
import type { SequencerDeps } from './deps.ts'

/** Returns the status of an intent. The call isn't signed, and browsers make it too. */
export async function getStatus(
  { requests, report }: Pick<SequencerDeps, 'requests' | 'report'>,
  { intentId }: GetStatusRequest,
): Promise<GetStatusResponse> {
  const intent = readAddress(intentId?.value, 'intent id')
  const request = requests.find(intent)
  await requests.stored()
  const submitted = request !== undefined && request.submittedAt !== null
  report({ what: 'status asked', intent, exists: request !== undefined, submitted })
  return new GetStatusResponse({
    exists: request !== undefined,
    codeScanned: request !== undefined && request.scannedAt !== null,
    intentSubmitted: submitted,
  })
}
