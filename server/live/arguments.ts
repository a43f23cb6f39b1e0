import { parseArgs } from 'node:util'
import { describeFault } from '../read-arguments.ts'

export const USAGE = `Opens the shop for real money: writes the settings, starts a tunnel if you want one, starts the shop, and checks all of it
from outside. On a terminal it asks for what is missing.

  npm run live
  npm run live -- --yes --mode live --destination ADDRESS (--try | --domain HOST [--tunnel])
  npm run live -- --undo

  --destination ADDRESS  your deposit address, as the Code app shows it
  --name NAME            the shop's name, if catalog/shop.yaml has none
  --try                  a temporary public address, by a tunnel of Cloudflare: for trying, not for selling
  --domain HOST          an address of your own, like shop.example.org, by your own web server
  --tunnel               with --domain: by a tunnel of Cloudflare that you have made for this address
  --token-stdin          reads the tunnel's token from standard input; otherwise it is TUNNEL_TOKEN, in the environment or .env
  --no-start             only writes the settings
  --yes --mode live      asks nothing. Both are needed, since this is about real money
  --undo                 brings .env back as it was before the first npm run live

Secrets are never arguments, because other users of this machine could read them.`

/** What the command was told. What is missing is asked, or taken from .env. */
export interface Given {
  destination?: string
  name?: string
  try?: boolean
  domain?: string
  tunnel?: boolean
  'token-stdin'?: boolean
  'no-start'?: boolean
  yes?: boolean
  mode?: string
  undo?: boolean
  help?: boolean
}

/** Says what is wrong with the arguments. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the arguments. Throws a UsageError. */
export function readArguments(args: readonly string[]): Given {
  const given = parse(args)
  const fault = findFault(given)
  if (fault) throw new UsageError(fault)
  return given
}

function parse(args: readonly string[]): Given {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const
  const options = {
    destination: text,
    name: text,
    try: flag,
    domain: text,
    tunnel: flag,
    'token-stdin': flag,
    'no-start': flag,
    yes: flag,
    mode: text,
    undo: flag,
    help: flag,
  }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UsageError(describeFault(error))
  }
}

function findFault({ undo, help, ...given }: Given): string | undefined {
  if (help) return undefined
  const [other] = Object.keys(given).filter((name) => name !== 'yes')
  if (undo) return other && `--undo excludes --${other}: it only brings .env back.`
  if (given.mode !== undefined && given.mode !== 'live')
    return '--mode can only be live. For test money, run: npm start'
  if (given.yes && !given.mode) return '--yes needs --mode live, since this is about real money.'
  if (given.try && given.domain)
    return '--try and --domain exclude each other: a trial has an address of its own.'
  if (given.try && given.tunnel) return '--tunnel belongs to --domain. --try has a tunnel anyway.'
  if (given['token-stdin'] && !given.tunnel) return '--token-stdin belongs to --domain HOST --tunnel.'
  return undefined
}
