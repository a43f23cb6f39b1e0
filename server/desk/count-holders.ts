import { countHolders, type TextMaker } from '../../db/index.ts'

/** Writes how many buyers hold a product on a local day, in parts that add up to that. This module runs on a thread of its own: see streamText. */
const writeHolders: TextMaker<{ product: string; today: number }> = async function* (db, held) {
  for await (const holders of countHolders(db, held)) yield String(holders)
}

export default writeHolders
