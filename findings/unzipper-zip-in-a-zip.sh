#!/usr/bin/env bash
# One would guess that an archive which `unzip` and Python unpack can be read as a stream as well. archiver, told to store and not to
# compress, as for goods that are archives themselves, writes a file's size behind the file, since it sees it as a stream, too. A
# reader of streams looks for the end then, and takes the mark of the inner archive for it: unzipper's `Parse` gives the buyer's
# zip cut in the middle, what was inside of it as files of the outer one, and never what came after it, and there is no error. Its
# README warns of `Parse` where headers are wrong; here they are right. bsdtar does the same from a pipe, and reads the file itself
# right. What helps: unzipper's `Open.file`, which reads the list at the end, or no `store`, or buffers instead of streams, whose size
# archiver knows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq libarchive-tools=3.6.2-1+deb12u5 libarchive13=3.6.2-1+deb12u5 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund archiver@8.0.0 unzipper@0.12.5 > /dev/null

cat > write.mjs << 'JS'
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
async function pack(name, options, files, asBuffers) {
  const archive = new ZipArchive(options)
  const written = pipeline(archive, createWriteStream(name))
  for (const file of files) archive.append(asBuffers ? readFileSync(file) : createReadStream(file), { name: file })
  await archive.finalize()
  await written
}
for (const name of ['one.txt', 'two.txt', 'licence.txt']) writeFileSync(name, `${name} `.repeat(20))
await pack('songs.zip', { store: true }, ['one.txt', 'two.txt'])
await pack('stored.zip', { store: true }, ['songs.zip', 'licence.txt'])
await pack('compressed.zip', {}, ['songs.zip', 'licence.txt'])
await pack('buffers.zip', { store: true }, ['songs.zip', 'licence.txt'], true)
JS
cat > read.mjs << 'JS'
import { createReadStream } from 'node:fs'
import { Open, Parse } from 'unzipper'
const [, , way, name] = process.argv
const found = []
if (way === 'Parse') {
  for await (const entry of createReadStream(name).pipe(Parse({ forceStream: true }))) found.push([entry.path, (await entry.buffer()).length])
} else {
  for (const file of (await Open.file(name)).files) found.push([file.path, (await file.buffer()).length])
}
console.log(found.map((entry) => entry.join(' ')).join(', '))
JS
node write.mjs
echo "archiver 8.0.0, unzipper 0.12.5, $(usr/bin/bsdtar --version | cut -d ' ' -f 1,2)"
for name in stored compressed buffers; do
  echo "$name"
  echo "  unzipper, Parse: $(node read.mjs Parse "$name.zip")"
  echo "  unzipper, Open: $(node read.mjs Open "$name.zip")"
  echo "  bsdtar of a pipe: $(usr/bin/bsdtar -tf - < <(cat "$name.zip") | paste -s -d ' ')"
  echo "  bsdtar of the file: $(usr/bin/bsdtar -tf "$name.zip" | paste -s -d ' ')"
done | tee seen
[ "$(cat seen)" = 'stored
  unzipper, Parse: songs.zip 197, two.txt 160
  unzipper, Open: songs.zip 554, licence.txt 240
  bsdtar of a pipe: songs.zip two.txt
  bsdtar of the file: songs.zip licence.txt
compressed
  unzipper, Parse: songs.zip 554, licence.txt 240
  unzipper, Open: songs.zip 554, licence.txt 240
  bsdtar of a pipe: songs.zip licence.txt
  bsdtar of the file: songs.zip licence.txt
buffers
  unzipper, Parse: songs.zip 554, licence.txt 240
  unzipper, Open: songs.zip 554, licence.txt 240
  bsdtar of a pipe: songs.zip licence.txt
  bsdtar of the file: songs.zip licence.txt' ]
