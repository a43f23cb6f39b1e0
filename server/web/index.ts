export {
  addToProblem,
  answerProblem,
  explainProblemsOn,
  leadProblemsBack,
  statusOfProblem,
} from './answer-problem.ts'
export { type Assets, openAssets } from './assets.ts'
export { bearerOf, hasBearer } from './bearer.ts'
export { parseFields, readBody, readForm, readJson, readRaw } from './body.ts'
export { cookieName, isHttps, LONGEST_COOKIE_LIFE_S } from './cookies.ts'
export { countAnswers } from './count-answers.ts'
export { isFromPage, refuseCrossSite } from './cross-site.ts'
export { asDataBlock } from './data-block.ts'
export { excerpt } from './excerpt.ts'
export { neverCached, PRIVATE, securityHeaders, shareWithSites } from './headers.ts'
export {
  inWords,
  keepLanguage,
  languageOf,
  readLanguageOfErrors,
  readLanguages,
  shareWithReaders,
  speakEnglish,
} from './language.ts'
export { isLocalRequest } from './local-request.ts'
export { createLog, factsOf, type Logger, logFailure, logRequests } from './log.ts'
export { type App, type Messages, messagesOf } from './messages.ts'
export { allowExactly, allowOnly, refuseUnknownPath } from './methods.ts'
export { type Notices, noticeOf } from './notices.ts'
export { type Output, openOutput } from './output.ts'
export { addressOf, limitRate, minuteOf } from './rate-limit.ts'
export { healthRoutes, problemRoutes } from './routes.ts'
export { parseStrictJson } from './strict-json.ts'
export { openViews, sendPrivatePage, type Views } from './views.ts'
export { watchAddresses } from './watch-addresses.ts'
export { watchProxy } from './watch-proxy.ts'
