import { countHolders, type TextMaker } from '../../db/index.ts'

/** Writes how many buyers hold a scope, in parts that add up to that. This module runs on a thread of its own: see streamText. */
const writeHolders: TextMaker<{ scope: string }> = async function* (db, { scope }) {
  for await (const holders of countHolders(db, scope)) yield String(holders)
}

export default writeHolders
