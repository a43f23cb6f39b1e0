/** Returns what a map has at a key, and makes that before if it is missing. A map with `most` keys is emptied first. */
export function kept<Key, Value>(map: Map<Key, Value>, most: number, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined || map.has(key)) return known as Value
  const made = make()
  if (map.size >= most) map.clear()
  map.set(key, made)
  return made
}
