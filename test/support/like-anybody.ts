/** Under which root may write only where anybody may, as the owner of the files. */
export const LIKE_ANYBODY =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []
