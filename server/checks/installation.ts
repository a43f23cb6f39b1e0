import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { broken, type Finding, fine } from '../finding.ts'
import { findNodeProblem, findPackageProblem } from './packages.js'

/** Whether this Node and the installed packages are those that the shop was made for. */
export function checkInstallation(): Finding[] {
  const folder = findProject(import.meta.dirname)
  const node = findNodeProblem(folder)
  const packages = findPackageProblem({ folder, withTools: false })
  return [
    {
      check: 'node',
      lookedAt: `Node ${process.versions.node}`,
      ...(node
        ? broken(`${node.meaning} Sales could fail in ways that nobody has tried.`, node.todo)
        : fine('The shop runs on this version.')),
    },
    {
      check: 'packages',
      lookedAt: 'The packages in node_modules/',
      ...(packages
        ? broken(`${packages.meaning} The shop does not start, so nothing can be sold.`, packages.todo)
        : fine('They are the ones that this version of the shop was tested with.')),
    },
  ]
}

/** Returns the project's folder, which is further up from the build than from the source. */
function findProject(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) || folder === dirname(folder)
    ? folder
    : findProject(dirname(folder))
}
