#!/usr/bin/env bash
# One would guess that what .gitignore leaves out is the same for git and for all others that read it. To git on Linux, `coverage/` is not
# `Coverage/`. To npm, to Prettier and to globby it is: a folder src/Coverage with the cases that an insurance covers is in git, tested and
# built, and missing from the package (if there is no `files`), not formatted, and not found. Each of them says that all is well.
# It is a default of the packages `ignore` and `ignore-walk`. A slash in front (`/coverage/`) helps, as such folders are mostly at the top.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund npm@11.19.1 prettier@3.10.1 globby@16.2.4 ignore@7.0.17 > /dev/null
mkdir -p project/src/Coverage
cd project
echo '{ "name": "shop", "version": "1.0.0" }' > package.json
for file in src/Coverage/index.js src/main.js; do echo 'export const   a = 1;' > "$file"; done
cat > ../glob.mjs << 'JS'
import { globby } from 'globby'
console.log((await globby('**/*.js', { gitignore: true })).sort().join(' '))
JS
git init -q
for line in coverage/ /coverage/; do
  echo "$line" > .gitignore
  echo "$line"
  echo "  git: $(git ls-files --others --exclude-standard '*.js' | paste -s -d ' ')"
  echo "  npm: $(node ../node_modules/npm/bin/npm-cli.js pack --dry-run --json --silent | node -p '
    JSON.parse(require("fs").readFileSync(0))[0].files.map(({ path }) => path).filter((path) => path.endsWith(".js")).sort().join(" ")')"
  echo "  Prettier: $(../node_modules/.bin/prettier --list-different '**/*.js' | paste -s -d ' ')"
  echo "  globby: $(node ../glob.mjs)"
done > ../seen
echo "npm 11.19.1, Prettier 3.10.1, globby 16.2.4, $(git --version)"
cat ../seen
[ "$(cat ../seen)" = 'coverage/
  git: src/Coverage/index.js src/main.js
  npm: src/main.js
  Prettier: src/main.js
  globby: src/main.js
/coverage/
  git: src/Coverage/index.js src/main.js
  npm: src/Coverage/index.js src/main.js
  Prettier: src/Coverage/index.js src/main.js
  globby: src/Coverage/index.js src/main.js' ]
