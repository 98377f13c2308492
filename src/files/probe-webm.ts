import type { ByteSource } from "./byte-source.ts";
import type { MediaFacts } from "./media-facts.ts";

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
const CONTAINERS: ReadonlySet<number> = new Set([SEGMENT, INFO, TRACKS, TRACK, VIDEO]);

const HEAD_BYTES = 65_536;

/** Reads duration and picture size of a WebM, as far as they stand in its first 64 KiB. */
export async function probeWebm(source: ByteSource): Promise<MediaFacts> {
  const head = await source.read(0, HEAD_BYTES);
  const values = new Map<number, Buffer>();
  let offset = 0;
  while (offset + 12 <= head.length) {
    const id = readId(head, offset);
    const size = readSize(head, offset + id.lengthBytes);
    const start = offset + id.lengthBytes + size.lengthBytes;
    // Going into a container is reading on after its head; all else is stepped over.
    if (CONTAINERS.has(id.value)) {
      offset = start;
      continue;
    }
    if (!values.has(id.value)) values.set(id.value, head.subarray(start, start + size.value));
    offset = start + size.value;
  }
  const scaleNs = readUnsigned(values.get(TIMESTAMP_SCALE)) ?? 1_000_000;
  const units = readFloat(values.get(DURATION));
  return {
    width: readUnsigned(values.get(PIXEL_WIDTH)),
    height: readUnsigned(values.get(PIXEL_HEIGHT)),
    durationS: units === null ? null : (units * scaleNs) / 1e9,
  };
}

interface Varint {
  readonly value: number;
  readonly lengthBytes: number;
}

/** An element's id: the marker bits belong to it. */
function readId(bytes: Buffer, offset: number): Varint {
  const lengthBytes = Math.min(Math.clz32(bytes.readUInt8(offset)) - 23, 4);
  return { value: bytes.readUIntBE(offset, lengthBytes), lengthBytes };
}

/** An element's size: the marker bit does not belong to it. */
function readSize(bytes: Buffer, offset: number): Varint {
  const first = bytes.readUInt8(offset);
  const lengthBytes = Math.min(Math.clz32(first) - 23, 8);
  let value = first & (0xff >> lengthBytes);
  for (let index = 1; index < lengthBytes; index += 1) {
    value = value * 256 + bytes.readUInt8(offset + index);
  }
  return { value, lengthBytes };
}

function readUnsigned(bytes: Buffer | undefined): number | null {
  if (bytes === undefined || bytes.length < 1 || bytes.length > 6) return null;
  return bytes.readUIntBE(0, bytes.length);
}

function readFloat(bytes: Buffer | undefined): number | null {
  if (bytes?.length === 4) return bytes.readFloatBE(0);
  return bytes?.length === 8 ? bytes.readDoubleBE(0) : null;
}
