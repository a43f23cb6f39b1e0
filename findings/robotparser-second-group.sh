#!/usr/bin/env bash
# One would guess that rules for everybody, `User-agent: *`, may stand in two places of a robots.txt, as when a shop adds its own below
# those of the site. RFC 9309 has a crawler join the groups that match it. Python's urllib.robotparser takes the first such group
# and leaves out the others, whatever is in them. And an empty line, which means nothing in the RFC, ends a group: one
# between `User-agent` and its rules leaves that group without any. What helps: one group for everybody, without empty
# lines, in what is to be read by all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund robots-parser@3.0.1 > /dev/null

for name in one two line; do
  case $name in
    one) printf 'User-agent: *\nDisallow: /desk\nDisallow: /api\n' ;;
    two) printf 'User-agent: *\nDisallow: /desk\n\nUser-agent: *\nDisallow: /api\n' ;;
    line) printf 'User-agent: *\n\nDisallow: /desk\nDisallow: /api\n' ;;
  esac > "$name.txt"
done
cat > try.cjs << 'JS'
const { readFileSync } = require('node:fs')
const robotsParser = require('robots-parser')
const site = 'https://shop.example.org'
const robots = robotsParser(`${site}/robots.txt`, readFileSync(process.argv[2], 'utf8'))
const out = ['/desk', '/api'].filter((path) => robots.isDisallowed(site + path, 'reader'))
console.log(`robots-parser keeps out of ${out.join(' and ') || 'nothing'}`)
JS
cat > try.py << 'PYTHON'
import sys
from urllib.robotparser import RobotFileParser
robots = RobotFileParser()
with open(sys.argv[1]) as file:
    robots.parse(file.read().splitlines())
out = [path for path in ['/desk', '/api'] if not robots.can_fetch('reader', path)]
print('robotparser keeps out of ' + (' and '.join(out) or 'nothing'))
PYTHON
echo "$(/usr/bin/python3 --version), robots-parser $(node -p 'require("robots-parser/package.json").version')"
seen=$(for name in one two line; do echo "$name: $(node try.cjs "$name.txt"), $(/usr/bin/python3 try.py "$name.txt")"; done)
echo "$seen"
[ "$seen" = 'one: robots-parser keeps out of /desk and /api, robotparser keeps out of /desk and /api
two: robots-parser keeps out of /desk and /api, robotparser keeps out of /desk
line: robots-parser keeps out of /desk and /api, robotparser keeps out of nothing' ]
