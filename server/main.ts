import dotenv from 'dotenv'
import { type Config, readConfig } from './config/index.ts'
import { isOwnersFault, type Shop, startShop } from './start.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

process.stdout.on('error', () => undefined) // nobody reads the log any more: no reason to stop selling
dotenv.config({ quiet: true })
try {
  const config = readConfig(process.env)
  const shop = await startShop(config)
  say(welcome(config))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(shop))
} catch (error) {
  process.stderr.write(
    `The shop cannot start.\n${isOwnersFault(error) ? error.message : (error as Error).stack}\n`,
  )
  process.exitCode = 1
  process.exit()
}

async function end(shop: Shop): Promise<void> {
  say('Stopping: what was begun is finished first.')
  await shop.stop()
  process.exit(0)
}

function welcome(config: Config): string {
  if (config.mode === 'live')
    return `The shop is open at ${config.url} and earns real money for ${config.destination}.`
  const wallet = config.embeddedSandbox ? `${config.localUrl}/sandbox` : config.endpoint.replace(/\/v1$/, '')
  return `
  The shop is open:     ${config.url}
  It is a sandbox:      all money is pretended; the wallet is at ${wallet}
  Try next:             open the shop, choose something, press the button, approve
  Or let a program buy: npm run pay -- how-this-shop-works
  Sell your own:        put a Markdown file into ${config.catalogFolder}/ and reload the page
`
}
