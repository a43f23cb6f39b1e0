import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { avoidedWords, findWords } from '../../scripts/check-words.js'

test('the words to avoid are those that the glossary sets as code', () => {
  const glossary = '| storefront | the front page of `shop` | `shop window`, window |\n`not` in a table\n'
  expect(avoidedWords(glossary)).toEqual(['shop window'])
  expect(avoidedWords(readFileSync('docs/glossary.md', 'utf8'))).toContain('log of writes')
})

test('a word is found with its line, also where the line ends within a phrase or a comment', () => {
  const text = 'A storefront.\nA Shop window.\n// on our shop\n// window\nshop-window shopwindow\n'
  expect(findWords(text, ['shop window'])).toEqual([
    { word: 'shop window', line: 2 },
    { word: 'shop window', line: 3 },
  ])
})

test('a word within another one is another word', () => {
  expect(findWords('the history, this, indoors', ['his', 'door'])).toEqual([])
  expect(findWords('Höhe, Mühe, señora she', ['he', 'or'])).toEqual([])
})
