const GPS_IFD = 0x88_25 // the tag that leads to the place: CIPA DC-008, the standard of Exif
const LATITUDE = 2
const ENTRY = 12 // bytes
const NUMERATORS = [0, 8, 16] // bytes before those of degrees, minutes and seconds; all are 0 if the camera didn't know
const XMP = /GPSLatitude\s*(?:=\s*["']|>)[^"'<]{0,50}[1-9]/

// A camera writes one or two heads, and a few dozen entries. Without bounds, a small file could take seconds.
const MOST_HEADS = 24
const MOST_ENTRIES = 200

/** A directory of EXIF begins with how it writes numbers, in a picture of whichever format. */
const HEADS = [
  { head: Buffer.from('II*\0'), isLittle: true },
  { head: Buffer.from('MM\0*'), isLittle: false },
]

/** Throws if a picture says where it was taken, which everybody who gets its file can read: often that is somebody's home. */
export function assertPlaceless(content: Buffer, fault: (message: string) => Error): void {
  if (
    XMP.test(content.toString('latin1')) ||
    HEADS.some(({ head, isLittle }) => hasPlace(content, head, isLittle))
  )
    throw fault(
      'the picture contains the place where it was taken, which everybody could read: save a copy without its location or without metadata',
    )
}

function hasPlace(content: Buffer, head: Buffer, isLittle: boolean): boolean {
  let at = content.indexOf(head)
  for (let heads = 0; at >= 0 && heads < MOST_HEADS; heads++) {
    const exif = content.subarray(at)
    const first = numberAt(exif, 4, 4, isLittle)
    const place = valueUnder(exif, first, GPS_IFD, isLittle)
    const latitude = place && valueUnder(exif, place, LATITUDE, isLittle)
    if (latitude && NUMERATORS.some((each) => numberAt(exif, latitude + each, 4, isLittle) > 0)) return true
    at = content.indexOf(head, at + 1)
  }
  return false
}

/** What a directory has under a tag: a number, or where the value is. */
function valueUnder(exif: Buffer, directory: number, tag: number, isLittle: boolean): number | undefined {
  const count = Math.min(numberAt(exif, directory, 2, isLittle), MOST_ENTRIES)
  for (let at = directory + 2; at < Math.min(directory + 2 + count * ENTRY, exif.length); at += ENTRY)
    if (numberAt(exif, at, 2, isLittle) === tag) return numberAt(exif, at + 8, 4, isLittle)
  return undefined
}

/** A damaged picture may lead behind its end, where everything counts as 0. */
function numberAt(exif: Buffer, at: number, bytes: number, isLittle: boolean): number {
  if (at + bytes > exif.length) return 0
  return isLittle ? exif.readUIntLE(at, bytes) : exif.readUIntBE(at, bytes)
}
