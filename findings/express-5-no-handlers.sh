#!/usr/bin/env bash
# One would guess that an empty list of handlers adds nothing to a route: `router.all('/pay', guards)`, where `guards` is filled
# by configuration and may be []. That is what Express 4 does. Express 5 throws a TypeError when the route is defined, so a shop
# starts with one configuration and not with another; and the message says that an argument is missing, although there is one.
# An empty list in front of another handler is fine in both. What helps is `if (guards.length > 0)`, or a handler behind it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts express@5.3.0 express-4@npm:express@4.21.2 > /dev/null

cat > try.cjs << 'JS'
for (const name of ['express-4', 'express']) {
  const { Router } = require(name)
  const define = (...handlers) => {
    try {
      Router().all('/pay', ...handlers)
      return 'defined'
    } catch (error) {
      return `${error.name}: ${error.message}`
    }
  }
  const { version } = require(`${name}/package.json`)
  console.log(`${version}, []: ${define([])}`)
  console.log(`${version}, [] and a handler: ${define([], (req, res, next) => next())}`)
}
JS
seen=$(node try.cjs)
echo "express"
echo "$seen"
[ "$seen" = '4.21.2, []: defined
4.21.2, [] and a handler: defined
5.3.0, []: TypeError: argument handler is required
5.3.0, [] and a handler: defined' ]
