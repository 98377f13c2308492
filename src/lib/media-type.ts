/** What bytes are, told by the bytes alone. */
export interface MediaType {
  readonly mediaType: string;
  /** Without a dot. */
  readonly extension: string;
  readonly kind: "image" | "video" | "audio";
}

/** How many of the first bytes are needed to tell. */
export const SNIFF_BYTES = 4096;

/**
 * Tells the type of media by its first bytes (up to {@link SNIFF_BYTES}); names and headers are
 * never asked. `null` for everything that is not on the list: HTML, SVG, archives, HEIC, Matroska.
 */
export function sniffMedia(head: Uint8Array): MediaType | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  for (const [type, matches] of SIGNATURES) if (matches(bytes)) return type;
  return null;
}

/** The types that are taken in and served. */
export const MEDIA_TYPES = {
  png: { mediaType: "image/png", extension: "png", kind: "image" },
  jpeg: { mediaType: "image/jpeg", extension: "jpg", kind: "image" },
  webp: { mediaType: "image/webp", extension: "webp", kind: "image" },
  gif: { mediaType: "image/gif", extension: "gif", kind: "image" },
  avif: { mediaType: "image/avif", extension: "avif", kind: "image" },
  mp4: { mediaType: "video/mp4", extension: "mp4", kind: "video" },
  webm: { mediaType: "video/webm", extension: "webm", kind: "video" },
  mov: { mediaType: "video/quicktime", extension: "mov", kind: "video" },
  mp3: { mediaType: "audio/mpeg", extension: "mp3", kind: "audio" },
  wav: { mediaType: "audio/wav", extension: "wav", kind: "audio" },
  flac: { mediaType: "audio/flac", extension: "flac", kind: "audio" },
  ogg: { mediaType: "audio/ogg", extension: "ogg", kind: "audio" },
  m4a: { mediaType: "audio/mp4", extension: "m4a", kind: "audio" },
} as const satisfies Readonly<Record<string, MediaType>>;

type Signature = readonly [MediaType, (bytes: Buffer) => boolean];

const SIGNATURES: readonly Signature[] = [
  [MEDIA_TYPES.png, (bytes) => has(bytes, 0, "\x89PNG\r\n\x1a\n") && has(bytes, 12, "IHDR")],
  [MEDIA_TYPES.jpeg, (bytes) => has(bytes, 0, "\xff\xd8\xff")],
  [MEDIA_TYPES.webp, (bytes) => has(bytes, 0, "RIFF") && has(bytes, 8, "WEBPVP8")],
  [MEDIA_TYPES.gif, (bytes) => has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a")],
  [
    MEDIA_TYPES.avif,
    (bytes) => brands(bytes).some((brand) => brand === "avif" || brand === "avis"),
  ],
  [MEDIA_TYPES.mov, (bytes) => brands(bytes)[0] === "qt  "],
  [MEDIA_TYPES.m4a, (bytes) => /^M4[AB] $/.test(brands(bytes)[0] ?? "")],
  [MEDIA_TYPES.mp4, (bytes) => MP4_BRAND.test(brands(bytes)[0] ?? "")],
  [MEDIA_TYPES.webm, isWebm],
  [MEDIA_TYPES.wav, (bytes) => has(bytes, 0, "RIFF") && has(bytes, 8, "WAVE")],
  [MEDIA_TYPES.flac, (bytes) => has(bytes, 0, "fLaC")],
  [MEDIA_TYPES.ogg, isOggSound],
  [MEDIA_TYPES.mp3, isMp3],
];

const MP4_BRAND = /^(?:iso[m2-9]|mp4[12v]|avc1|dash|M4V |M4VP|MSNV|f4v |3gp[4-9]|cmfc|hvc1)$/;

/** The brands of an ISO media file, the major one first; none when it is no such file. */
function brands(bytes: Buffer): readonly string[] {
  if (!has(bytes, 4, "ftyp")) return [];
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  const found: string[] = [];
  for (let offset = 8; offset + 4 <= end; offset += 4) {
    // The four bytes after the major brand are a version.
    if (offset !== 12) found.push(bytes.toString("latin1", offset, offset + 4));
  }
  return found;
}

function isWebm(bytes: Buffer): boolean {
  return (
    has(bytes, 0, "\x1a\x45\xdf\xa3") &&
    bytes.toString("latin1", 4, 64).includes("\x42\x82\x84webm")
  );
}

function isOggSound(bytes: Buffer): boolean {
  const start = 28;
  const codecs = ["OpusHead", "\x01vorbis", "Speex   ", "\x7fFLAC"];
  return has(bytes, 0, "OggS") && codecs.some((codec) => has(bytes, start, codec));
}

function isMp3(bytes: Buffer): boolean {
  if (has(bytes, 0, "ID3")) {
    const end = id3Length(bytes);
    // A tag with a cover is longer than what we see; sound must follow a shorter one.
    return end !== null && (end + 4 > bytes.length || mp3Frame(bytes, end) !== null);
  }
  const first = mp3Frame(bytes, 0);
  // Four bytes look like a frame by chance too often: the next frame must follow.
  return first !== null && mp3Frame(bytes, first.lengthBytes) !== null;
}

/** Bytes of an ID3v2 tag at the start, or `null` when there is none. */
export function id3Length(bytes: Buffer): number | null {
  if (!has(bytes, 0, "ID3") || bytes.length < 10) return null;
  const size = [6, 7, 8, 9].map((offset) => bytes.readUInt8(offset));
  if (size.some((byte) => byte > 127)) return null;
  return 10 + size.reduce((sum, byte) => sum * 128 + byte, 0);
}

/** The facts of one frame of MPEG layer III. */
export interface Mp3Frame {
  readonly lengthBytes: number;
  readonly samples: number;
  readonly sampleRate: number;
  readonly bitsPerS: number;
  /** From the frame's start to where a Xing header may stand. */
  readonly sideInfoEnd: number;
}

const BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Reads a frame header at an offset; `null` when there is none. */
export function mp3Frame(bytes: Buffer, offset: number): Mp3Frame | null {
  if (offset + 4 > bytes.length) return null;
  const head = bytes.readUInt32BE(offset);
  const version = (head >>> 19) & 3;
  const isLayer3 = head >>> 21 === 0x7ff && ((head >>> 17) & 3) === 1;
  const isV1 = version === 3;
  const kbits = (isV1 ? BITRATES_V1 : BITRATES_V2)[(head >>> 12) & 15] ?? 0;
  const baseRate = SAMPLE_RATES[(head >>> 10) & 3];
  if (!isLayer3 || version === 1 || kbits === 0 || baseRate === undefined) return null;
  const sampleRate = isV1 ? baseRate : baseRate / (version === 2 ? 2 : 4);
  const samples = isV1 ? 1152 : 576;
  const padding = (head >>> 9) & 1;
  const isMono = ((head >>> 6) & 3) === 3;
  const sideInfo = isV1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    lengthBytes: Math.floor((samples / 8) * ((kbits * 1000) / sampleRate)) + padding,
    samples,
    sampleRate,
    bitsPerS: kbits * 1000,
    sideInfoEnd: 4 + sideInfo,
  };
}

function has(bytes: Buffer, offset: number, text: string): boolean {
  return bytes.toString("latin1", offset, offset + text.length) === text;
}
