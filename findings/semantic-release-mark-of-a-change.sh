#!/usr/bin/env bash
# One would guess that a commit `feat!: pay in euros only` makes a new major version, as the exclamation mark says that a
# change breaks something. semantic-release reads commits by the rules of Angular, unless it is told otherwise, and these have
# no such mark: the whole line isn't read, and there is no release at all, with no word about it. The change comes with the
# next small one, as 1.4.1. `BREAKING-CHANGE:` with a hyphen, which the convention allows, is a minor version. `BREAKING
# CHANGE:` in the body works. What helps: the preset `conventionalcommits`, which is a package of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @semantic-release/commit-analyzer@13.0.1 \
  conventional-changelog-conventionalcommits@9.3.1 > /dev/null

cat > try.mjs << 'JS'
import { analyzeCommits } from '@semantic-release/commit-analyzer'
const release = async (preset, ...messages) => {
  const commits = messages.map((message, hash) => ({ message, hash }))
  return (await analyzeCommits({ preset }, { cwd: process.cwd(), commits, logger: { log() {} } })) ?? 'no release'
}
const changes = [
  ['feat: pay in euros'],
  ['feat: pay in euros only\n\nBREAKING CHANGE: dollars are refused'],
  ['feat!: pay in euros only'],
  ['refactor(cart)!: pay in euros only', 'fix: a word'],
  ['feat: pay in euros only\n\nBREAKING-CHANGE: dollars are refused'],
]
for (const messages of changes) {
  console.log(`${JSON.stringify(messages)}: ${await release(undefined, ...messages)}, ${await release('conventionalcommits', ...messages)}`)
}
JS
echo "commit-analyzer $(node -p 'JSON.parse(fs.readFileSync("node_modules/@semantic-release/commit-analyzer/package.json")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = '["feat: pay in euros"]: minor, minor
["feat: pay in euros only\n\nBREAKING CHANGE: dollars are refused"]: major, major
["feat!: pay in euros only"]: no release, major
["refactor(cart)!: pay in euros only","fix: a word"]: patch, major
["feat: pay in euros only\n\nBREAKING-CHANGE: dollars are refused"]: minor, major' ]
