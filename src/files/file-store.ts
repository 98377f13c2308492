/** Where bytes live: a folder or an object store. Keys are ours, never a customer's words. */
export interface FileStore {
  /**
   * Takes over a finished local file: durable under `key` when this resolves, gone from
   * `sourcePath` afterwards. Repeating it with the same bytes is harmless; their age begins anew.
   */
  adopt(key: string, sourcePath: string): Promise<void>;
  /** Opens a range for reading, or gives `null` when no such bytes are held. */
  open(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | null>;
  /** Size of what is held in bytes, or `null`. */
  size(key: string): Promise<number | null>;
  /** Path of the bytes on this machine, fetched there first if they live elsewhere; or `null`. */
  localPath(key: string): Promise<string | null>;
  /** Removes the bytes; removing what is not there is fine. */
  remove(key: string): Promise<void>;
  /** Removes the bytes unless they were adopted within the last `ageMs`. */
  removeOld(key: string, ageMs: number): Promise<void>;
  /** Every key held with its age in milliseconds, for the sweep of orphans. */
  list(): AsyncIterable<{ readonly key: string; readonly ageMs: number }>;
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
