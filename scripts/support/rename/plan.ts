import { addHolder, changelogOf, forgetSamples, readmeOf, retitle } from './own-documents.ts'
import { type Project, readOwnTexts, SHOP_YAML } from './project.ts'
import { SAMPLES } from './samples.ts'
import { forgetProducts, nameShop } from './shop-yaml.ts'

/** What the merchant has chosen. */
export interface Choice {
  name: string
  packageName: string
  /** Undefined if the licence shall stay as it is */
  holder: string | undefined
  keepsSamples: boolean
}

/** New contents of files by their paths; undefined for files to be removed. */
export type Changes = Map<string, string | undefined>

/**
 * Plans what makes the project the merchant's own, without changing anything. `start`: the commit of the starter shop, if it is
 * known. Throws Failure.
 */
export function planRename(
  project: Project,
  choice: Choice,
  start: string | undefined,
  year: number,
): Changes {
  const removed = choice.keepsSamples ? [] : project.samples
  const planned: [string, string | undefined][] = [
    ...nameManifests(project, choice),
    ...writeDocuments(project, choice, removed, start),
    ['LICENSE', choice.holder && addHolder(project.read('LICENSE') ?? '', choice.holder, year)],
    [SHOP_YAML, forgetProducts(nameShop(project.read(SHOP_YAML), choice.name), removed)],
  ]
  const contents = planned.filter(([path, content]) => content && content !== project.read(path))
  return new Map([...contents, ...filesOf(project, removed).map((path) => [path, undefined] as const)])
}

/** npm itself writes both files in this form. */
function nameManifests({ read, manifest }: Project, { name, packageName }: Choice): [string, string][] {
  const lock = JSON.parse(read('package-lock.json') ?? '{"packages":{}}')
  const description = `${name}, a shop for Code payments.`
  const packages = { ...lock.packages, '': { ...lock.packages[''], name: packageName } }
  return [
    ['package.json', asJson({ ...manifest, name: packageName, description })],
    ['package-lock.json', asJson({ ...lock, name: packageName, packages })],
  ]
}

function asJson(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`
}

/**
 * Once the project is renamed, both documents are the merchant's, and only what would be wrong is changed: the heading, and the
 * command that buys a sample.
 */
function writeDocuments(
  project: Project,
  { name }: Choice,
  removed: readonly string[],
  start: string | undefined,
): [string, string][] {
  const { isRenamed, samples, shopName, read } = project
  if (isRenamed)
    return [['README.md', forgetSamples(retitle(read('README.md') ?? '', shopName, name), removed)]]
  const [sample] = samples.filter((slug) => !removed.includes(slug))
  return [
    ['README.md', readmeOf(name, sample)],
    ['CHANGELOG.md', changelogOf(project, start)],
  ]
}

/** The files of samples, except for those that the merchant's own products or pages use. */
function filesOf(project: Project, samples: readonly string[]): string[] {
  const own = readOwnTexts(project).join('\n')
  const files = samples.flatMap((slug) => SAMPLES[slug] ?? []).filter((file) => !own.includes(file))
  return [...samples.map((slug) => `${slug}.md`), ...files]
    .map((file) => `catalog/${file}`)
    .filter((path) => project.read(path) !== undefined)
}
