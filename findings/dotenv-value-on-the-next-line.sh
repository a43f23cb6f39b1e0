#!/usr/bin/env bash
# One would guess that a line of a .env file is a setting by itself, and that `NAME=` with nothing behind it is empty.
# dotenv looks for the value over line breaks: where an empty setting is followed by a line that is only a quoted text,
# that text becomes its value. And `NAME:`, which reads like YAML, takes the whole next line as its value, so that the
# setting on that line is lost. A shop that runs on such a file runs with other settings than its owner reads there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts dotenv@18.0.10 > /dev/null

cat > try.mjs << 'JS'
import { parse } from 'dotenv'
console.log(JSON.stringify([parse('FIRST=\n"second line"\n'), parse('FIRST:\nSECOND=2\n'), parse('FIRST=\nSECOND=2\n')]))
JS
seen=$(node try.mjs)
echo "dotenv 18.0.10: $seen"
[ "$seen" = '[{"FIRST":"second line"},{"FIRST":"SECOND=2"},{"FIRST":"","SECOND":"2"}]' ]
