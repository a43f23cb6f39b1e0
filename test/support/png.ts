import { crc32, deflateSync } from 'node:zlib'

/** A PNG of one colour, as small as it gets. `exif`: how a camera has held it. */
export function aPng(width: number, height: number, exif?: Buffer): Buffer {
  const header = Buffer.concat([number(width), number(height), Buffer.from([1, 0, 0, 0, 0])])
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    exif ? chunk('eXIf', exif) : Buffer.alloc(0),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([number(data.length), content, number(crc32(content))])
}

function number(value: number): Buffer {
  return Buffer.from(value.toString(16).padStart(8, '0'), 'hex')
}
