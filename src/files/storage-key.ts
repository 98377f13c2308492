const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}$/;
const KEY_LENGTH_MAX = 240;

/**
 * Whether a text may name bytes in a file store: up to six parts of letters, digits, dots, dashes
 * and underscores, none of which starts with a dot, 240 characters in all.
 */
export function isStorageKey(text: string): boolean {
  return text.length <= KEY_LENGTH_MAX && KEY.test(text);
}

/** Where the bytes of a result are kept. Same bytes, same key: copying them again is harmless. */
export function storageKey(folder: string, position: number, sha256: string): string {
  return `${folder}/${position}-${sha256}`;
}
