/** What only calls of the API ask for. */
export { type ApiCall, type CallOutcome, countCall, forgetCalls, giveCallBack } from './api-calls.ts'
export {
  type ApiAccess,
  findApiAccess,
  knowsApiKey,
  replaceApiKey,
  revokeApiKey,
} from './api-keys.ts'
