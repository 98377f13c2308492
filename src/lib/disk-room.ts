import type { Clock } from "./clock.ts";
import { freeBytes } from "./probe.ts";
import { type Soon, withSoon } from "./soon.ts";

/**
 * What there is still room for. The marks lie one below the other, so that what was bought can
 * still be stored, and the database goes on for longest.
 */
export interface DiskRoom {
  /** Whether new work may be taken in. */
  forWork(): Soon<boolean>;
  /** Whether something may be bought whose result will need room. */
  forBuying(): Soon<boolean>;
  /** Whether so many more bytes may be written. */
  forBytes(sizeBytes: number): Soon<boolean>;
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
  let seen: Soon<number> = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  const free = (): Soon<number> => {
    const nowMs = clock.monotonicMs();
    if (nowMs >= untilMs) {
      untilMs = nowMs + BELIEVED_MS;
      seen = look();
    }
    return seen;
  };
  const look = async (): Promise<number> => {
    const bytes = (await freeBytes(dataDir)) ?? 0;
    seen = bytes;
    return bytes;
  };
  return {
    forWork: () => withSoon(free(), (bytes) => bytes >= diskFreeBytesMin),
    forBuying: () => withSoon(free(), (bytes) => bytes >= diskFreeBytesMin / 2),
    forBytes: (sizeBytes) => withSoon(free(), (bytes) => bytes - sizeBytes >= diskFreeBytesMin / 4),
  };
}

/** What a full disk throws, before it is full: nothing is lost by trying again later. */
export function noRoom(): NodeJS.ErrnoException {
  return Object.assign(new Error("The disk is nearly full"), { code: "ENOSPC" });
}
