import slugify from '@sindresorhus/slugify'
import { shopFields } from '../../../server/catalog/identity/fields.ts'
import { FORMER_NAME } from '../own-project.js'
import { Failure } from './failure.ts'
import type { Project } from './project.ts'

const LONGEST_PACKAGE_NAME = 214 // npm's limit
const PACKAGE_NAME = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/
const RESERVED = ['node_modules', 'favicon.ico']
const WITHOUT_LETTERS = 'shop'

/** Checks the shop's name by the rules of shop.yaml, and that it is one line with a letter or a digit. Throws Failure. */
export function readShopName(text = ''): string {
  if (!text.trim()) throw new Failure('The name is missing: npm run rename -- "Corner Library"')
  const { data, error } = shopFields.shape.name.safeParse(text)
  const fault = /[\p{Cc}\u2028\u2029]/u.test(text.trim())
    ? 'must be one line'
    : /[\p{L}\p{N}]/u.test(text)
      ? error?.issues[0]?.message
      : 'must have a letter or a digit'
  if (data === undefined || fault) throw new Failure(`The name ${fault}. Nothing has been changed.`)
  return data
}

/**
 * Returns the name for package.json: the wished one, the present one if the merchant has chosen that, or the shop's in lowercase
 * Latin letters. Throws Failure.
 */
export function readPackageName(wished: string | undefined, shopName: string, project: Project): string {
  const { manifest, isRenamed, shopName: former } = project
  const isChosen =
    isRenamed && (former === undefined || manifest.name !== nameFor(undefined, former, project))
  return wished === undefined && isChosen ? manifest.name : nameFor(wished, shopName, project)
}

function nameFor(
  wished: string | undefined,
  shopName: string,
  { manifest }: Pick<Project, 'manifest'>,
): string {
  const name = wished ?? (slugify(shopName) || WITHOUT_LETTERS)
  const isFree = name !== FORMER_NAME && !takenBy(manifest).includes(name)
  if (isFree && PACKAGE_NAME.test(name) && name.length <= LONGEST_PACKAGE_NAME && !RESERVED.includes(name))
    return name
  if (wished === undefined && !isFree) return `${name}-${WITHOUT_LETTERS}`
  throw new Failure(
    isFree
      ? `"${name}" can’t be the name of a package: use lowercase letters from a to z, digits and hyphens, as in --package corner-library`
      : `"${name}" is taken by a package of this project: choose another, as in --package ${slugify(shopName) || WITHOUT_LETTERS}-${WITHOUT_LETTERS}`,
  )
}

/** npm doesn't install what has the project's own name. */
function takenBy({ dependencies, devDependencies, workspaces = [] }: Project['manifest']): string[] {
  return [...Object.keys({ ...dependencies, ...devDependencies }), ...workspaces]
}
