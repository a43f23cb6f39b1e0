/** Sets a key as the newest of a map, and drops the oldest if there are more than `most`. */
export function rememberNewest<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number,
): void {
  map.delete(key) // a key that is set again would keep its old place
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
