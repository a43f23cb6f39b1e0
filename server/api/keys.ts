import type { Request, Response } from 'express'
import {
  type ApiAccess,
  endpointOf,
  findApiAccess,
  findKeyScopesOf,
  hasEndedAccess,
  replaceApiKey,
  revokeApiKey,
  scopeOfEndpoint,
} from '../../db/index.ts'
import { findBuyer } from '../access/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import { newSecret, sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { showInstant } from '../time.ts'
import { inWords, languageOf, readForm, sendPrivatePage } from '../web/index.ts'
import * as z from '../zod.ts'
import { ENDPOINT_NAMES, findEndpoint } from './endpoints.ts'
import { addOffers } from './offers.ts'

const keyRequest = z.strictObject({
  endpoint: z.string().refine((name) => findEndpoint(name) !== undefined),
  action: z.enum(['replace', 'revoke']).optional(),
  /** The SHA-256 (hex) of the key that is replaced or ended; empty: of none; without it: of any */
  replaces: z
    .string()
    .toLowerCase()
    .regex(/^(?:[0-9a-f]{64})?$/)
    .optional(),
})

/** A key that was just made; undefined if there is another one than the one to be replaced */
interface Made {
  endpoint: string
  key: string | undefined
}

/**
 * Makes a key, in place of the one that this browser's buyer had, and shows it once; or ends it. For a program, the key is
 * JSON. A form that is sent again changes nothing. Throws request-invalid, access-ended, calls-needed,
 * key-differs.
 */
export async function postKey(shop: Shop, req: Request, res: Response): Promise<void> {
  const {
    endpoint,
    action = 'replace',
    replaces,
  } = await readForm(req, keyRequest, (t) => t.keyForm(ENDPOINT_NAMES))
  const scope = scopeOfEndpoint(endpoint)
  const buyer = await findBuyer(shop, req)
  if (buyer === undefined) throw noCallsBought(shop, res, endpoint)
  if (action === 'revoke') return endKey(shop, req, res, { buyer, scope, replaces })
  const key = `nk_${newSecret()}`
  const at = rightNow(shop)
  const isMade = await replaceApiKey(shop.db, { keyHash: sha256(key), buyer, scope, replaces }, at)
  const access = (await findApiAccess(shop.db, buyer, at.today)).find((each) => each.scope === scope)
  if (!access && (await hasEndedAccess(shop.db, buyer, scope, at.today)))
    throw new ShopError('access-ended', (t) => t.callsEnded())
  if (!isMade && !access) throw noCallsBought(shop, res, endpoint)
  if (wantsPage(req)) return showKeys(shop, req, res, { endpoint, key: isMade ? key : undefined })
  if (!isMade) throw new ShopError('key-differs', (t) => t.otherKey())
  res.status(201).json({ endpoint, key, callsLeft: access?.callsLeft ?? 0 })
}

/** The page shows what is there now. A program that sends the request again is answered as before. Throws key-differs. */
async function endKey(
  { db }: Shop,
  req: Request,
  res: Response,
  { buyer, scope, replaces }: { buyer: string; scope: string; replaces: string | undefined },
): Promise<void> {
  const isEnded = await revokeApiKey(db, buyer, scope, replaces)
  if (wantsPage(req)) return res.redirect(303, '/api-keys')
  if (!isEnded && (await findKeyScopesOf(db, buyer)).includes(scope))
    throw new ShopError('key-differs', (t) => t.otherKey())
  res.status(204).end()
}

/** As where a call is missing: with offers. */
function noCallsBought(shop: Shop, res: Response, endpoint: string): ShopError {
  addOffers(shop, res, endpoint)
  return new ShopError('calls-needed', (t) => t.noCallsBought())
}

function wantsPage(req: Request): boolean {
  return req.accepts(['json', 'html']) === 'html'
}

/** Shows what this browser may call, and forms that make, replace and end its keys; and the key that was `made` just now. */
export async function showKeys(shop: Shop, req: Request, res: Response, made?: Made): Promise<void> {
  const buyer = await findBuyer(shop, req)
  const { today } = rightNow(shop)
  const access = buyer === undefined ? [] : await findApiAccess(shop.db, buyer, today)
  const language = languageOf(req)
  const page = shop.views.render('api/keys', {
    ...inWords(language),
    access: access.map((each) => present(shop, each, language.locale, made)),
    isInOneLanguage: made?.key !== undefined, // another one would be another page, without the key
  })
  sendPrivatePage(res, page)
}

function present(
  { config }: Shop,
  { scope, callsLeft, callsBought, keySince, keyHash }: ApiAccess,
  locale: string,
  made?: Made,
) {
  const endpoint = endpointOf(scope) ?? scope
  const query = findEndpoint(endpoint)?.exampleQuery ?? ''
  return {
    endpoint,
    path: `/api/${endpoint}`,
    callsLeft,
    callsBought,
    since: keySince === undefined ? undefined : showInstant(keySince, { locale, timeZone: config.timeZone }),
    replaces: keyHash ?? '',
    key: made?.endpoint === endpoint ? made.key : undefined,
    isOther: keySince !== undefined && made?.endpoint === endpoint && made.key === undefined,
    example: `curl --header "Authorization: Bearer $KEY" "${config.url()}/api/${endpoint}${query}"`,
  }
}
