/** What may have become due; `files`: how long those of an ended task live has changed. */
export type Hint = (typeof HINTS)[number];

/** Every kind of hint. */
export const HINTS = ["tasks", "deliveries", "inquiries", "files"] as const;

/** Passes hints on. A lost one makes a stage late by its polling interval, never wrong. */
export interface Hints {
  give(hint: Hint): void;
  /** Calls `listener` for every hint until the returned function is called. It must not throw. */
  listen(listener: (hint: Hint) => void): () => void;
}

/** Makes hints that stay within this process. */
export function makeHints(): Hints {
  const listeners = new Set<(hint: Hint) => void>();
  return {
    give(hint) {
      for (const listener of listeners) listener(hint);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
