#!/usr/bin/env bash
# One would guess that fields which are logged with a message stand beside it. winston keeps two names for itself. A field
# called `message`, as each error and many answers of an API have, is added to the message behind a space, and is no field: the
# text by which lines are counted or searched is another one each time. A field called `level`, such as that of a membership, is
# gone. The same happens to an Error that is given beside a message. What helps: to put what is logged into one field, as in `{
# details }`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund winston@3.19.0 > /dev/null

cat > try.mjs << 'JS'
import winston from 'winston'
const logger = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] })
const answer = { code: 402, message: 'the card was declined' }
logger.error('payment failed')
logger.error('payment failed', { order: 7, reason: answer.message })
logger.error('payment failed', { order: 7, ...answer })
logger.info('buyer came back', { buyer: 7, level: 'gold' })
logger.info('buyer came back', { details: { buyer: 7, level: 'gold', message: 'hello' } })
JS
echo 'winston 3.19.0'
node try.mjs | tee seen
[ "$(cat seen)" = '{"level":"error","message":"payment failed"}
{"level":"error","message":"payment failed","order":7,"reason":"the card was declined"}
{"code":402,"level":"error","message":"payment failed the card was declined","order":7}
{"buyer":7,"level":"info","message":"buyer came back"}
{"details":{"buyer":7,"level":"gold","message":"hello"},"level":"info","message":"buyer came back"}' ]
