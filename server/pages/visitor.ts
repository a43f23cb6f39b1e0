import type { Request, Response } from 'express'
import { ensureBuyer, findBuyer } from '../access/index.ts'
import type { MaybeBuyer, Visitor } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { addressOf } from '../web/index.ts'

/** Returns who this request comes from, whether that is a buyer yet or not. Writes no row for one. */
export async function findVisitor(shop: Shop, req: Request): Promise<MaybeBuyer> {
  const buyer = await findBuyer(shop, req)
  return { ...(buyer && { buyer }), address: addressOf(req) }
}

/** Returns who this request comes from, and makes them a buyer if they aren't one yet. */
export async function ensureVisitor(shop: Shop, req: Request, res: Response): Promise<Visitor> {
  return { buyer: await ensureBuyer(shop, req, res), address: addressOf(req) }
}
