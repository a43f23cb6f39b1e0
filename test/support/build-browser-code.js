import { buildBrowserCode } from '../../scripts/browser-code.js'
import { buildFramesCode } from '../../scripts/frames-code.js'

export default async function buildAll() {
  await buildBrowserCode()
  await buildFramesCode()
}
