/** In bytes, and more than any pointer has: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export const LONGEST_POINTER = 1_024
const BEGINNING = 'version https://git-lfs.github.com/spec/v1\n'

/** Whether this is what Git LFS leaves in the place of a file that it hasn't fetched: the file's hash and size. */
export function isPointer(content: Buffer): boolean {
  return content.toString('latin1', 0, BEGINNING.length) === BEGINNING
}
