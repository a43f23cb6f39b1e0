import { countHolders, type TextMaker } from '../../db/index.ts'

/** Writes how many buyers hold a scope. This module runs on a thread of its own: see streamText. */
const writeHolders: TextMaker<{ scope: string }> = async function* (db, { scope }) {
  yield String(await countHolders(db, scope))
}

export default writeHolders
