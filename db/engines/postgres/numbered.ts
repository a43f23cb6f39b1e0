/** A statement as PostgreSQL takes it: `$1` in the text is the parameter with the first of the names. */
export interface Numbered {
  text: string
  names: readonly string[]
}

// Quoted text and comments are left as they are. A `::` would be a cast.
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|@(\w+)/g

/** Replaces `@intent` by `$1`, and every further `@intent` by the same `$1`. */
export function numbered(sql: string): Numbered {
  const names: string[] = []
  const text = sql.replace(PARTS, (part, name?: string) => {
    if (name === undefined) return part
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, names }
}
