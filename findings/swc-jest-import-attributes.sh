#!/usr/bin/env bash
# One would guess that compiling TypeScript for a Node that understands import attributes leaves them as they are:
# `import limits from './limits.json' with { type: 'json' }` is plain JavaScript. @swc/jest drops the attribute unless
# `jsc.experimental.keepImportAttributes` is set, whatever the target. What comes out is a module that Node itself
# refuses, with an error that names the line as it stands in the source, attribute included.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @swc/jest@0.2.39 @swc/core@1.16.22 > /dev/null

cat > try.cjs << 'JS'
const { createTransformer } = require('@swc/jest')
const source = "import limits from './limits.json' with { type: 'json' }\nexport const smallest: number = limits.smallest\n"
const options = { config: {}, transformerConfig: {}, supportsStaticESM: true, instrument: false }
const compile = (experimental) =>
  createTransformer({ jsc: { target: 'es2023', parser: { syntax: 'typescript' }, experimental } })
    .process(source, 'limits.ts', { ...options, cacheFS: new Map(), configString: '{}' })
    .code.split('\n')[0]
console.log(compile({}))
console.log(compile({ keepImportAttributes: true }))
JS
seen=$(node try.cjs)
echo "@swc/jest 0.2.39 with @swc/core 1.16.22:"
echo "$seen"
[ "$seen" = "import limits from './limits.json';
import limits from './limits.json' with {" ]
