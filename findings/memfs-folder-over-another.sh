#!/usr/bin/env bash
# One would guess that a program which works with files in memory works with those of a disk, where memfs stands in for node:fs in a test. To
# replace a folder by a new one, a program renames the new one: Linux refuses that if the old one has files, and memfs throws the old one away, so
# the test passes and the update fails. A folder that is renamed into itself is gone. What was opened to write can be read, and
# what was opened to read can be written. Deleting a link to a folder deletes the folder, and leaves the link. What helps: tests
# of files in a folder of `fs.mkdtemp()`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund memfs@4.80.1 > /dev/null

cat > try.cjs << 'JS'
const real = require('node:fs')
const { createFsFromVolume, Volume } = require('memfs')
const tests = {
  'a folder over one with files': (fs, at) => {
    for (const name of ['old', 'new']) {
      fs.mkdirSync(`${at}/${name}`)
      fs.writeFileSync(`${at}/${name}/${name}.md`, '')
    }
    fs.renameSync(`${at}/new`, `${at}/old`)
    return fs.readdirSync(`${at}/old`)
  },
  'a file over a folder': (fs, at) => {
    fs.mkdirSync(`${at}/old`)
    fs.writeFileSync(`${at}/new`, '')
    fs.renameSync(`${at}/new`, `${at}/old`)
    return fs.statSync(`${at}/old`).isFile() ? 'a file' : 'a folder'
  },
  'a folder into itself': (fs, at) => {
    fs.mkdirSync(`${at}/old`)
    fs.renameSync(`${at}/old`, `${at}/old/2025`)
    return fs.readdirSync(at)
  },
  'reading what is open to write': (fs, at) => {
    const file = fs.openSync(`${at}/file`, 'w')
    fs.writeSync(file, 'tea')
    const read = Buffer.alloc(3)
    fs.readSync(file, read, 0, 3, 0)
    return String(read)
  },
  'writing what is open to read': (fs, at) => {
    fs.writeFileSync(`${at}/file`, 'tea')
    fs.writeSync(fs.openSync(`${at}/file`, 'r'), 'cup')
    return fs.readFileSync(`${at}/file`, 'utf8')
  },
  'deleting a link to a folder': (fs, at) => {
    fs.mkdirSync(`${at}/v2`)
    fs.symlinkSync('v2', `${at}/current`)
    fs.rmSync(`${at}/current`, { recursive: true })
    return fs.readdirSync(at)
  },
}
Object.values(tests).forEach((test, i) => {
  const run = (fs) => {
    const at = `${process.cwd()}/test${i}`
    fs.mkdirSync(at, { recursive: true })
    try {
      return JSON.stringify(test(fs, at))
    } catch (error) {
      return error.code
    }
  }
  console.log(`${Object.keys(tests)[i]}: disk ${run(real)}, memfs ${run(createFsFromVolume(new Volume()))}`)
})
JS
echo 'memfs 4.80.1'
node try.cjs | tee seen
[ "$(cat seen)" = 'a folder over one with files: disk ENOTEMPTY, memfs ["new.md"]
a file over a folder: disk EISDIR, memfs "a file"
a folder into itself: disk EINVAL, memfs []
reading what is open to write: disk EBADF, memfs "tea"
writing what is open to read: disk EBADF, memfs "cup"
deleting a link to a folder: disk ["v2"], memfs ["current"]' ]
