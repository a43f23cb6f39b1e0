const SHOWN = 21 // characters: the time, and enough of what is random

/** The beginning of an order's id, for a table whose rows lead to the order. */
export function shorten(id: string): string {
  return id.slice(0, SHOWN)
}
