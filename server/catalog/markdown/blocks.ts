import type { MarkdownIt, StateCore, Token } from 'markdown-it'

/** Alignments of table cells: classes, since the pages' content security policy forbids inline styles. */
const ALIGNMENTS: Readonly<Record<string, string>> = {
  'text-align:left': 'align-left',
  'text-align:center': 'align-center',
  'text-align:right': 'align-right',
}
const OPENS = 1

/** Lets every block have the direction of its text, and a wide table or line of code scroll by itself, by keyboard too. */
export function finishBlocks(markdown: MarkdownIt): void {
  markdown.core.ruler.push('finish_blocks', finish)
  const { rules } = markdown.renderer
  rules.table_open = () => '<div class="table" dir="auto" tabindex="0">\n<table>\n'
  rules.table_close = () => '</table>\n</div>\n'
  for (const type of ['fence', 'code_block']) {
    const render = rules[type]
    rules[type] = (...code) => render?.(...code).replace('<pre>', '<pre dir="auto" tabindex="0">') ?? ''
  }
}

function finish({ tokens }: StateCore): void {
  for (const token of tokens) {
    // Only the outermost block: to find a list's direction, browsers skip everything in it that has one of its own.
    if (token.level === 0 && token.nesting === OPENS) token.attrSet('dir', 'auto')
    alignCell(token)
  }
}

function alignCell(token: Token): void {
  const alignment = ALIGNMENTS[token.attrGet('style') ?? '']
  if (!alignment) return
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style')
  token.attrSet('class', alignment)
}
