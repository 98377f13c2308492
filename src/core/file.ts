/** Bytes that we hold. Times are milliseconds since 1970. */
export interface FileRow {
  readonly id: string;
  readonly projectId: string;
  /** The task that made it, or `null` for an upload. */
  readonly taskId: string | null;
  /** Position among the task's files, from 0. */
  readonly position: number;
  /** Where the file store keeps it. */
  readonly storageKey: string;
  /** By magic bytes. */
  readonly mediaType: string;
  /** Without a dot: `png`, `mp4`. */
  readonly extension: string;
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Pixels, or `null` for sound. */
  readonly width: number | null;
  readonly height: number | null;
  /** Seconds, or `null` for still pictures. */
  readonly durationS: number | null;
  readonly createdAtMs: number;
  /** From here on its link answers 410. */
  readonly expiresAtMs: number;
  /** When the bytes were removed, or `null`. */
  readonly deletedAtMs: number | null;
}

/** The facts of a result's bytes that are durable in the file store, before it has a row. */
export type KeptFile = Pick<
  FileRow,
  | "storageKey"
  | "mediaType"
  | "extension"
  | "sizeBytes"
  | "sha256"
  | "width"
  | "height"
  | "durationS"
>;
