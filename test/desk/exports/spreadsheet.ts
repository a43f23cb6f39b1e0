import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printedBy } from '../../support/programs.ts'

/** Reads RFC 4180. */
export function parse(text: string): Record<string, string>[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  const [head = [], ...rows] = lines
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? 'missing'])))
}

const GERMAN = `<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop>
  </item>
</oor:items>`

/** Converts the CSV file of this name, in this folder, as docs/exports.md says, on a German computer. */
export function inGermanLibreOffice(folder: string, name: string): string {
  const profile = join(folder, 'profile')
  mkdirSync(join(profile, 'user'), { recursive: true })
  writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), GERMAN)
  const [, filter = ''] = /(--infilter=\S+)/.exec(readFileSync('docs/exports.md', 'utf8')) ?? []
  printedBy('soffice', [
    `-env:UserInstallation=file://${profile}`,
    '--headless',
    filter,
    '--convert-to',
    'fods',
    '--outdir',
    folder,
    join(folder, `${name}.csv`),
  ])
  return readFileSync(join(folder, `${name}.fods`), 'utf8')
}

/** Reads what the cells of a sheet show. */
export function readRows(sheet: string): string[][] {
  const rows = sheet.match(/<table:table-row\b[^>]*>[\s\S]*?<\/table:table-row>/g) ?? []
  return rows.map((row) => (row.match(CELL) ?? []).flatMap(readCells))
}

const CELL = /<table:table-cell\b[^>]*?(?:\/>|>[\s\S]*?<\/table:table-cell>)/g

/** Equal cells beside one another are written once. */
function readCells(cell: string): string[] {
  const repeated = /table:number-columns-repeated="(\d+)"/.exec(cell)?.[1] ?? 1
  return Array<string>(Number(repeated)).fill(shownIn(cell))
}

function shownIn(cell: string): string {
  const [, text = ''] = /<text:p>([\s\S]*)<\/text:p>/.exec(cell) ?? []
  return text
    .replace(/<text:s\/>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
