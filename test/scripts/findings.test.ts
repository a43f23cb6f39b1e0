import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

test('every finding is listed, and says at the top what one would guess', () => {
  const scripts = readdirSync('findings').filter((file) => file.endsWith('.sh'))
  const listed = [...readFileSync('findings/README.md', 'utf8').matchAll(/^\| \[[\w-]+\]\(([\w-]+\.sh)\)/gm)]
  expect(listed.map(([, file]) => file)).toEqual(scripts.toSorted())
  for (const script of scripts) {
    const [shebang, ...lines] = readFileSync(`findings/${script}`, 'utf8').split('\n')
    expect(shebang).toBe('#!/usr/bin/env bash')
    expect(lines.slice(0, 3).join(' ')).toContain('One would guess')
  }
})
