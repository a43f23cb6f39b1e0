import { type Config, loadConfig } from './config/index.ts'
import { describeFailure } from './describe-failure.ts'
import { once } from './once.ts'
import { readArguments } from './read-arguments.ts'
import { type RunningShop, startShop } from './start.ts'
import { openOutput } from './web/index.ts'

const USAGE = `Starts the shop. It takes no arguments: its settings are in .env or in the environment, as docs/configuration.md lists them.

  npm start`

if (process.argv.length > 2) readArguments(USAGE, {})
const output = openOutput()
const say = (text: string) => output.write(`${text}\n`)

try {
  const config = loadConfig()
  const shop = await startShop(config, output)
  // A second signal must neither stop it again nor end the process, and npm sends one for each Ctrl-C: npm/cli#5021.
  const end = once(() => stop(shop))
  // SIGHUP: its terminal was closed. Node undoes what nohup sets: findings/node-nohup.sh.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, end)
  say(welcome(config, shop))
  process.send?.('ready') // to a program that has started the shop and waits for it, such as npm run live
} catch (error) {
  process.stderr.write(`The shop cannot start.\n${describeFailure(error)}\n`)
  process.exitCode = 1
  process.exit()
}

async function stop(shop: RunningShop): Promise<void> {
  say('Shutting down: finishing requests in progress.')
  await shop.stop()
  process.exit(0)
}

function welcome(config: Config, { firstProduct: product, deskLink }: RunningShop): string {
  const desk = config.adminToken === undefined ? undefined : `${config.url()}/desk`
  if (config.mode === 'live')
    return `The shop is open at ${config.url()}. It takes real money, paid to ${config.destination}.${desk ? ` The desk is at ${desk}.` : ''} ${sayReload(config)}`
  const wallet = config.embeddedSandbox ? `${config.localUrl}/sandbox` : config.endpoint.replace(/\/v1$/, '')
  return [
    '',
    `  The shop is open:      ${[...new Set([config.url(), ...config.networkUrls])].join(', ')}`,
    `  Sandbox mode:          no real money changes hands; the test wallet is at ${wallet}`,
    '  To buy something:      open the shop, choose a product, press the button, and approve',
    ...(product ? [`  To let a program buy:  npm run pay -- ${product}`] : []),
    `  To sell your own:      put a Markdown file into ${config.catalogFolder}/ and ${config.production ? 'restart the shop' : 'reload the page'}`,
    `  After a change:        ${sayReload(config)}`,
    ...(deskLink ? [`  To see your sales:     ${deskLink} (works once, for ten minutes)`] : []),
    ...(desk ? [`  To see your sales:     ${desk}`] : []),
    '',
  ].join('\n')
}

function sayReload({ production, catalogFolder }: Config): string {
  return production
    ? `Production: ${catalogFolder}/ is read once, so restart the shop after a change.`
    : `Development: ${catalogFolder}/ is read again after a change. NODE_ENV=production reads it once.`
}
