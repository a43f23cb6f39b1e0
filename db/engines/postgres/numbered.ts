/** A statement as PostgreSQL takes it: `$1` in the text is the parameter that is named first. */
export interface Numbered {
  text: string
  names: readonly string[]
}

// What is quoted or commented is passed over as it is; `::` would be a cast.
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|@(\w+)/g

/** `@intent` becomes `$1`, and each further `@intent` the same `$1`. */
export function numbered(sql: string): Numbered {
  const names: string[] = []
  const text = sql.replace(PARTS, (part, name?: string) => {
    if (name === undefined) return part
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, names }
}
