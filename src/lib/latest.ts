/**
 * Remembers what was made of the latest key, for what is made of the same one many times in a row.
 * Keys are compared by identity.
 */
export function rememberLatest<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let latest: { readonly key: Key; readonly value: Value } | null = null;
  return (key) => {
    if (latest === null || latest.key !== key) latest = { key, value: make(key) };
    return latest.value;
  };
}
