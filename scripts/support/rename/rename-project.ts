import { join } from 'node:path'
import { checkFolder } from '../../../server/catalog/index.ts'
import { systemClock } from '../../../server/time.ts'
import { applyChanges } from './apply-changes.ts'
import { Failure } from './failure.ts'
import { assertUndoable, findStart } from './git.ts'
import { readPackageName, readShopName } from './names.ts'
import { type Changes, type Choice, planRename } from './plan.ts'
import { type Project, readProject } from './project.ts'

/** What the command line says. */
export interface Given {
  name?: string | undefined
  holder?: string | undefined
  samples?: string | undefined
  packageName?: string | undefined
}

/** Asks the merchant. */
export type Ask = (question: string) => Promise<string>

const LINE_BREAK = /[\p{Cc}\u2028\u2029]/u

/**
 * Turns the project in a folder into the merchant's own, and returns what to print. Without `ask`, what isn't given is as by
 * default. Throws Failure before anything has been changed.
 */
export async function renameProject(
  folder: string,
  given: Given,
  ask: Ask | undefined,
  year: number,
): Promise<string> {
  const name = readShopName(given.name)
  assertUndoable(folder)
  const project = readProject(folder)
  const packageName = readPackageName(given.packageName, name, project)
  const choice = { name, packageName, ...(await choose(given, project, name, ask)) }
  const changes = planRename(project, choice, findStart(folder), year)
  if (changes.size === 0) return `This project is called ${name} already. Nothing has been changed.`
  applyChanges(folder, changes)
  return report(project, choice, changes)
}

async function choose(
  { holder, samples }: Given,
  project: Project,
  name: string,
  ask: Ask | undefined,
): Promise<Pick<Choice, 'holder' | 'keepsSamples'>> {
  const likely = project.isRenamed ? undefined : (project.seller ?? name)
  if (likely) holder ??= await ask?.(`Who holds the copyright of your changes? [${likely}] `)
  if (LINE_BREAK.test(holder ?? ''))
    throw new Failure('The holder must be one line. Nothing has been changed.')
  if (project.samples.length > 0)
    samples ??= await ask?.(`Remove the ${project.samples.length} sample products? [y/N] `)
  return { holder: holder?.trim() || likely, keepsSamples: !/^\s*(y|yes|remove)\s*$/i.test(samples ?? '') }
}

function report({ folder, isRenamed }: Project, { name, packageName }: Choice, changes: Changes): string {
  const { faults } = checkFolder({ folder: join(folder, 'catalog'), clock: systemClock })
  return [
    `The shop is now called ${name}, and the package ${packageName}. Changed, but not committed:`,
    ...[...changes].map(([path, content]) => `  ${path}${content === undefined ? ' (removed)' : ''}`),
    ...(isRenamed
      ? ['The texts of README.md and CHANGELOG.md are your own already, and may have the former name.']
      : []),
    ...(faults.length > 0
      ? ['', 'Errors in the catalogue, to fix now:', ...faults.map((fault) => `  ${fault}`)]
      : []),
    '',
    'What to do next:',
    '  git add --all && git diff --staged   shows what has changed',
    '  npm start                            shows the shop; docs/your-shop.md tells what else can be yours',
    '  git commit                           keeps the changes; git add --all && git reset --hard undoes them instead',
  ].join('\n')
}
