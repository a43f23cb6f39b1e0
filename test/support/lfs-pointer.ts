/** What Git LFS leaves in the place of a file that it hasn't fetched. */
export const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 48291004\n`
