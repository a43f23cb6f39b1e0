/** Runs before what imports development packages, so that it needn't end with a stack trace where they were left out. */
import { checkPackages } from '../server/checks/packages.js'

checkPackages({ withTools: true })
