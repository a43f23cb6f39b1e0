const GPS_IFD = 0x88_25 // the tag that leads to the place: CIPA DC-008, the standard of Exif
const LATITUDE = 2
const ENTRY = 12 // bytes
const XMP = 'GPSLatitude'

/** A directory of EXIF begins with how it writes numbers, in a picture of whichever format. */
const HEADS = [
  { head: Buffer.from('II*\0'), isLittle: true },
  { head: Buffer.from('MM\0*'), isLittle: false },
]

/** Throws if a picture says where it was taken, which everybody who gets its file can read: often that is somebody's home. */
export function assertPlaceless(content: Buffer, fault: (message: string) => Error): void {
  if (content.includes(XMP) || HEADS.some(({ head, isLittle }) => hasPlace(content, head, isLittle)))
    throw fault(
      'the picture contains the place where it was taken, which everybody could read: save a copy without its location or without metadata',
    )
}

function hasPlace(content: Buffer, head: Buffer, isLittle: boolean): boolean {
  for (let at = content.indexOf(head); at >= 0; at = content.indexOf(head, at + 1)) {
    const exif = content.subarray(at)
    const first = numberAt(exif, 4, 4, isLittle)
    const place = valueUnder(exif, first, GPS_IFD, isLittle)
    if (place !== undefined && valueUnder(exif, place, LATITUDE, isLittle) !== undefined) return true
  }
  return false
}

/** What a directory has under a tag: a number, or where the value is. */
function valueUnder(exif: Buffer, directory: number, tag: number, isLittle: boolean): number | undefined {
  const count = numberAt(exif, directory, 2, isLittle)
  for (let at = directory + 2; at < Math.min(directory + 2 + count * ENTRY, exif.length); at += ENTRY)
    if (numberAt(exif, at, 2, isLittle) === tag) return numberAt(exif, at + 8, 4, isLittle)
  return undefined
}

/** A damaged picture may lead behind its end, where everything counts as 0. */
function numberAt(exif: Buffer, at: number, bytes: number, isLittle: boolean): number {
  if (at + bytes > exif.length) return 0
  return isLittle ? exif.readUIntLE(at, bytes) : exif.readUIntBE(at, bytes)
}
