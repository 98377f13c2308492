import type { Clock } from "./clock.ts";
import { freeBytes } from "./probe.ts";

/**
 * What there is still room for. The marks lie one below the other, so that what was bought can
 * still be stored, and the database goes on for longest.
 */
export interface DiskRoom {
  /** Whether new work may be taken in. */
  forWork(): Promise<boolean>;
  /** Whether something may be bought whose result will need room. */
  forBuying(): Promise<boolean>;
  /** Whether so many more bytes may be written. */
  forBytes(sizeBytes: number): Promise<boolean>;
}

/** How long what was seen is believed. */
const BELIEVED_MS = 1_000;

/**
 * Watches the file system of a folder. New work needs `diskFreeBytesMin`, buying half of it, and
 * writing leaves a quarter.
 */
export function createDiskRoom(
  { dataDir, diskFreeBytesMin }: { readonly dataDir: string; readonly diskFreeBytesMin: number },
  clock: Clock,
): DiskRoom {
  let seen: Promise<number> = Promise.resolve(0);
  let untilMs = Number.NEGATIVE_INFINITY;
  const free = (): Promise<number> => {
    const nowMs = clock.monotonicMs();
    if (nowMs >= untilMs) {
      untilMs = nowMs + BELIEVED_MS;
      seen = freeBytes(dataDir).then((bytes) => bytes ?? 0);
    }
    return seen;
  };
  return {
    forWork: async () => (await free()) >= diskFreeBytesMin,
    forBuying: async () => (await free()) >= diskFreeBytesMin / 2,
    forBytes: async (sizeBytes) => (await free()) - sizeBytes >= diskFreeBytesMin / 4,
  };
}

/** What a full disk throws, before it is full: nothing is lost by trying again later. */
export function noRoom(): NodeJS.ErrnoException {
  return Object.assign(new Error("The disk is nearly full"), { code: "ENOSPC" });
}
