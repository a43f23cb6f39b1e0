/** What only calls of the API ask for. */
export { type ApiCall, type CallOutcome, countCall } from './api-calls.ts'
export {
  type ApiAccess,
  findApiAccess,
  findKeyHolder,
  hasEndedAccess,
  replaceApiKey,
  revokeApiKey,
} from './api-keys.ts'
export { type CountedCall, forgetCalls, giveCallBack } from './given-back-calls.ts'
