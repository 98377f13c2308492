import { openRegular } from "../../../lib/disk.ts";

/** Boxes whose end tells whether a file was cut: others may be padding or of a later day. */
const WEIGHTY = /^(?:mdat|moof|moov)$/;
/** A film in fragments has two a second at most; this is a day of them. */
const BOXES_MAX = 200_000;

/**
 * Whether an MP4 or MOV holds all that its boxes promise: one that was cut short names bytes beyond
 * its end, or has no frames at all. Every other kind of file counts as whole.
 */
export async function isWholeFilm(path: string, mediaType: string): Promise<boolean> {
  if (mediaType !== "video/mp4" && mediaType !== "video/quicktime") return true;
  const file = await openRegular(path);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(16);
    let hasFrames = false;
    let offset = 0;
    for (let count = 0; offset + 8 <= size && count < BOXES_MAX; count += 1) {
      await file.read(head.fill(0), 0, 16, offset);
      const type = head.toString("latin1", 4, 8);
      const end = endOfBox(head, { offset, size });
      if (WEIGHTY.test(type) && end > size) return false;
      if (type === "mdat") hasFrames = true;
      if (end < offset + 8) break;
      offset = end;
    }
    return hasFrames;
  } finally {
    await file.close();
  }
}

function endOfBox(
  head: Buffer,
  { offset, size }: { readonly offset: number; readonly size: number },
): number {
  const short = head.readUInt32BE(0);
  if (short === 0) return size;
  return offset + (short === 1 ? Number(head.readBigUInt64BE(8)) : short);
}
