import type { Project } from './project.ts'

const BUY = 'npm run pay --'
const ANY_PRODUCT = '<slug>'

/** README.md of the merchant's own project. */
export function readmeOf(name: string, sample: string | undefined): string {
  return `# ${escapeMarkdown(name)}

This shop takes payments with Code. It is made with Nickel, a starter shop, and its code is part of this project.

\`\`\`
npm install && npm start     # the shop in sandbox mode, at http://127.0.0.1:3030
npm test                     # the tests
\`\`\`

It requires Node 20.19 to 26, but no account, no configuration and no database server. In sandbox mode, no real money changes
hands: buy something with the test wallet, or let a program do it with \`${BUY} ${sample ?? ANY_PRODUCT}\`.

## Sell something

Each Markdown file in \`catalog/\` is a product: [docs/products.md](docs/products.md). Name, logo, colours, seller and pages such as
an imprint are in \`catalog/shop.yaml\` and \`catalog/pages/\`: [docs/your-shop.md](docs/your-shop.md). \`npm run check\` lists all errors
in the catalogue and the configuration.

What has been sold is at the desk, to which \`npm start\` prints a link: [docs/desk.md](docs/desk.md).

## Go live

All settings are in [.env.example](.env.example) and explained in [docs/configuration.md](docs/configuration.md). To accept real
money: [docs/going-live.md](docs/going-live.md). \`npm run doctor\` says whether everything is right for that:
[docs/doctor.md](docs/doctor.md). Where the data is: [docs/databases.md](docs/databases.md). How to back it up, and restore it:
[docs/backups.md](docs/backups.md).

## Change it

\`npm run dev\` runs the source and restarts when it changes. Before a commit, \`npm test\`, \`npm run typecheck\` and \`npm run lint\` must
pass: [CONTRIBUTING.md](CONTRIBUTING.md). Where everything is: [docs/architecture.md](docs/architecture.md). What handles a payment, step
by step: [docs/reading.md](docs/reading.md).

## Update

Newer versions of Nickel are merged with git: [docs/updating.md](docs/updating.md).

## Documents

| question | page |
|---|---|
| What happens when a message is late, lost, duplicated or wrong? | [docs/payment.md](docs/payment.md) |
| How are orders exported for the books? | [docs/exports.md](docs/exports.md) |
| How does the shop report what needs attention? | [docs/alerts.md](docs/alerts.md), [docs/monitoring.md](docs/monitoring.md) |
| Which languages does it speak? | [docs/languages.md](docs/languages.md) |
| How does the sandbox work? | [docs/sandbox.md](docs/sandbox.md) |
| Why is it built this way? | [docs/decisions/](docs/decisions/) |

[Changes](CHANGELOG.md) · [Security](SECURITY.md) · [Licence](LICENSE)
`
}

/** CHANGELOG.md, begun anew. `start`: the commit of the starter shop, if it is known. */
export function changelogOf({ manifest }: Project, start: string | undefined): string {
  return `# Changelog

The format follows [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).

## Unreleased

- Begun with Nickel ${manifest.version}${start === undefined ? '' : `, commit ${start}`}.
`
}

/** Returns the README without commands that buy one of these samples. */
export function forgetSamples(readme: string, samples: readonly string[]): string {
  return samples.reduce(
    (text, slug) => text.replace(new RegExp(`${BUY} ${slug}(?![\\w-])`, 'g'), `${BUY} ${ANY_PRODUCT}`),
    readme,
  )
}

/** Returns the document with its first heading changed, if that is still the former name. */
export function retitle(document: string, former: string | undefined, name: string): string {
  const heading = former && `# ${escapeMarkdown(former)}\n`
  return heading && document.startsWith(heading)
    ? `# ${escapeMarkdown(name)}\n${document.slice(heading.length)}`
    : document
}

/**
 * Returns the licence with one more copyright holder. The notice of those before has to stay in all copies, as the licence says.
 */
export function addHolder(licence: string, holder: string, year: number): string {
  const notices = [...licence.matchAll(/^Copyright \(c\) .*$/gm)]
  const last = notices.at(-1)
  if (!last || notices.some(([line]) => line.endsWith(` ${holder}`))) return licence
  const end = last.index + last[0].length
  return `${licence.slice(0, end)}\nCopyright (c) ${year} ${holder}${licence.slice(end)}`
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|&~]/g, '\\$&')
}
