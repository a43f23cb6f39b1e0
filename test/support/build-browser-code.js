import { buildBrowserCode } from '../../scripts/browser-code.js'

export default buildBrowserCode
