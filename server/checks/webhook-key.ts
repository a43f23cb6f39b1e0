import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { areCodesKeys, publicKeyOf } from '../code/index.ts'
import { type Config, isCodeItself, sandboxKeyUrl } from '../config/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import * as z from '../zod.ts'
import { askOrFail, NoAnswer } from './network.ts'
import type { Subject } from './subject.ts'

/** Who has the key with which webhooks are signed can make any order paid. */
export async function checkKey(subject: Subject): Promise<Finding> {
  const { config } = subject
  return {
    check: 'webhook-key',
    lookedAt: 'The key that proves webhooks to be Code’s',
    ...(await (config.mode === 'sandbox' ? judgeSandboxKey(subject) : judgeKey(config))),
  }
}

async function judgeSandboxKey({ config, network, signal }: Subject): Promise<Found> {
  const { publicKeys, endpoint, embeddedSandbox } = config
  if (embeddedSandbox) return fine('In sandbox mode, it is the sandbox’s own. Test money pays nothing real.')
  if (publicKeys === undefined)
    return fine(
      'The shop fetches it from the sandbox when it starts. A sandbox that is started with --memory has another one each time: restart the shop after it.',
    )
  const url = sandboxKeyUrl(endpoint)
  const answer = await askOrFail(network, url, { signal })
  const key = answer instanceof NoAnswer ? undefined : readKey(answer.body)
  if (key === undefined)
    return couldNotCheck(
      `The sandbox has not shown its key at ${url}.`,
      'Start the sandbox, or correct CODE_ENDPOINT.',
    )
  return publicKeys.includes(key)
    ? fine(`It is the one that the sandbox shows at ${url}. Test money pays nothing real.`)
    : broken(
        `It is not the one that the sandbox shows at ${url}. The shop rejects the sandbox’s webhooks, so payments are found by polling, up to 30 s late.`,
        'Remove CODE_PUBLIC_KEY from the settings, and restart the shop: then it fetches the key when it starts.',
      )
}

const shownKey = z.object({ publicKey: z.string() })

function readKey(body: Buffer): string | undefined {
  try {
    return shownKey.parse(JSON.parse(body.toString())).publicKey
  } catch {
    return undefined
  }
}

async function judgeKey(config: Config): Promise<Found> {
  const { publicKeys, endpoint } = config
  const sandboxKey = readSandboxKey(config)
  if (sandboxKey !== undefined && publicKeys?.includes(sandboxKey))
    return broken(
      'It is the key of this folder’s sandbox. Everybody who can use that sandbox can make orders paid without any money.',
      'Remove CODE_PUBLIC_KEY from the settings, and restart the shop.',
    )
  if (await areCodesKeys(publicKeys ?? []))
    return publicKeys?.length === 1
      ? fine('The webhook that Code has published verifies under it, so Code’s webhooks are recognised.')
      : lookAtThis(
          `There are ${publicKeys?.length} keys, of which one is Code’s. Webhooks that are signed with any of the others make orders paid as well.`,
          'Remove the keys from CODE_PUBLIC_KEY that are not Code’s, unless Code has announced them.',
        )
  return isCodeItself(endpoint)
    ? broken(
        'The webhook that Code has published does not verify under it. Code’s webhooks are rejected, and whoever has the other key can make orders paid without any money.',
        'Remove CODE_PUBLIC_KEY from the settings, unless Code has announced a new key.',
      )
    : lookAtThis(
        `It is not the one that Code has published, and payments go through ${endpoint}, not through Code itself. Whoever has that key can make orders paid.`,
        'Make sure that you trust whoever runs that address.',
      )
}

/** Returns the public key of the sandbox whose files are in this folder, in base58; undefined if there is none. */
function readSandboxKey({ sandboxFolder }: Config): string | undefined {
  try {
    return publicKeyOf(readFileSync(join(sandboxFolder, 'key.pem')))
  } catch {
    return undefined // there was never a sandbox, or another user runs it
  }
}
