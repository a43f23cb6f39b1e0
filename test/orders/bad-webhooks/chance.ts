import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'

export interface Chance {
  bytes(length: number): Buffer
  /** From 0 up to, and without, `below` */
  number(below: number): number
  pick<T>(from: readonly T[]): T
  ed25519(): KeyObject
}

/** Chance that is the same for the same seed. */
export function chanceOf(seed: number): Chance {
  let block = 0
  function bytes(length: number): Buffer {
    const blocks: Buffer[] = []
    for (let have = 0; have < length; have += 32)
      blocks.push(createHash('sha256').update(`${seed} ${block++}`).digest())
    return Buffer.concat(blocks).subarray(0, length)
  }
  const number = (below: number) => bytes(6).readUIntBE(0, 6) % below

  return {
    bytes,
    number,
    pick: (from) => from[number(from.length)] as never,
    ed25519: () => privateKeyOf('302e020100300506032b657004220420', bytes(32)),
  }
}

/** A private key from its seed, behind the head of its PKCS #8 form (RFC 8410). */
export function privateKeyOf(head: string, seed: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(head, 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
}
