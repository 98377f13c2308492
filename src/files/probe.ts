import { openRegular } from "../lib/disk.ts";
import { type ByteSource, byteSource } from "./byte-source.ts";
import type { MediaFacts } from "./media-facts.ts";
import { flacDuration, mp3Duration, oggDuration, wavDuration } from "./probe-audio.ts";
import { avifSize, gifSize, jpegSize, type PixelSize, pngSize, webpSize } from "./probe-image.ts";
import { probeIso } from "./probe-iso.ts";
import { probeWebm } from "./probe-webm.ts";

/**
 * Reads size and duration from a file's headers, within bounds: no decoding, at most 512 small
 * reads. `mediaType` is what `sniffMedia` said. What cannot be read is `null`; never throws for
 * what the bytes say.
 */
export async function probeMedia(path: string, mediaType: string): Promise<MediaFacts> {
  const file = await openRegular(path);
  if (file === null) return NOTHING;
  try {
    return sane(await (PROBES[mediaType] ?? unknownFacts)(await byteSource(file)));
  } finally {
    await file.close();
  }
}

const NOTHING: MediaFacts = { width: null, height: null, durationS: null };

type Probe = (source: ByteSource) => Promise<MediaFacts>;

const PROBES: Readonly<Record<string, Probe>> = {
  "image/png": still(pngSize),
  "image/jpeg": still(jpegSize),
  "image/webp": still(webpSize),
  "image/gif": still(gifSize),
  "image/avif": still(avifSize),
  "video/mp4": probeIso,
  "video/quicktime": probeIso,
  "audio/mp4": probeIso,
  "video/webm": probeWebm,
  "audio/mpeg": sound(mp3Duration),
  "audio/wav": sound(wavDuration),
  "audio/flac": sound(flacDuration),
  "audio/ogg": sound(oggDuration),
};

function still(read: (source: ByteSource) => Promise<PixelSize | null>): Probe {
  return async (source) => ({ ...NOTHING, ...(await read(source)) });
}

function sound(read: (source: ByteSource) => Promise<number | null>): Probe {
  return async (source) => ({ ...NOTHING, durationS: await read(source) });
}

const unknownFacts: Probe = async () => NOTHING;

function sane({ width, height, durationS }: MediaFacts): MediaFacts {
  const isSize = (value: number | null) => value !== null && Number.isInteger(value) && value > 0;
  const hasSize = isSize(width) && isSize(height);
  // Rounded first: what is shorter than a millisecond has no length that could be told.
  const roundedS = durationS === null ? 0 : Math.round(durationS * 1000) / 1000;
  return {
    width: hasSize ? width : null,
    height: hasSize ? height : null,
    durationS: Number.isFinite(roundedS) && roundedS > 0 ? roundedS : null,
  };
}
