export { isBlank, parseText } from './parse-text.ts'
export { type Page, type Rendered, renderText } from './render-text.ts'
export type { Text } from './text.ts'
