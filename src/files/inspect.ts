import type { FileRow } from "../core/file.ts";
import type { MediaKind } from "../core/outcome.ts";
import { readHead } from "../lib/disk.ts";
import { MEDIA_TYPES, type MediaType, SNIFF_BYTES, sniffMedia } from "../lib/media-type.ts";
import { probeMedia } from "./probe.ts";

/** What bytes are, or why they are not taken. */
export type Inspection =
  | { readonly kind: "accepted"; readonly facts: InspectedFacts }
  /** The message is for people; text may be a page that stands where the result should be. */
  | { readonly kind: "refused"; readonly message: string; readonly isText: boolean };

/** What the bytes say of themselves. */
export type InspectedFacts = Pick<
  FileRow,
  "mediaType" | "extension" | "width" | "height" | "durationS"
>;

/** Most pixels of a picture that is taken in: more would cost gigabytes to open. */
const PIXELS_MAX = 50_000_000;

/**
 * Looks at a file's own bytes: is it of a type that is accepted as `media`? Names and what a server
 * said never count.
 */
export async function inspect(path: string, media: MediaKind): Promise<Inspection> {
  const head = await readHead(path, SNIFF_BYTES);
  const sniffed = sniffMedia(head);
  if (sniffed === null) return refused(`The result is no ${NOUNS[media]}`, hasNoControls(head));
  const { width, height, durationS } = await probeMedia(path, sniffed.mediaType);
  const { mediaType, extension, kind } = asHeard(sniffed, { media, width });
  // Its index was read, as the length shows, and names no picture: a film brand on a sound alone.
  const isBlind = media === "video" && width === null && durationS !== null;
  if (kind !== media || isBlind) return refused(`The result is no ${NOUNS[media]}`);
  if (media === "image" && (width ?? 0) * (height ?? 0) > PIXELS_MAX) {
    return refused("The picture has more than 50 megapixels");
  }
  return { kind: "accepted", facts: { mediaType, extension, width, height, durationS } };
}

function refused(message: string, isText = false): Inspection {
  return { kind: "refused", message, isText };
}

/** Whether no byte is of those that no text has: HTML, XML and JSON of whatever charset. */
function hasNoControls(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b);
}

const NOUNS: Readonly<Record<MediaKind, string>> = {
  image: "picture of a known type",
  video: "film of a known type",
  audio: "sound of a known type",
};

/** An MP4 without pictures is a sound, whatever brand it bears. */
function asHeard(
  type: MediaType,
  found: { readonly media: MediaKind; readonly width: number | null },
): MediaType {
  const isSound = type === MEDIA_TYPES.mp4 && found.media === "audio" && found.width === null;
  return isSound ? MEDIA_TYPES.m4a : type;
}
