import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** What kind of file a job gives. */
export type Kind = "image" | "video" | "audio";

/** Media types and endings of what the simulator serves. */
export const MEDIA: Readonly<Record<Kind, { readonly type: string; readonly ending: string }>> = {
  image: { type: "image/png", ending: "png" },
  video: { type: "video/mp4", ending: "mp4" },
  audio: { type: "audio/mpeg", ending: "mp3" },
};

/**
 * A small valid file that no other job gives: the label stands inside it, so that a result that
 * reaches the wrong task is seen by its bytes.
 */
export function mediaBytes(kind: Kind, label: string): Buffer {
  switch (kind) {
    case "image":
      return png(label);
    case "video":
      // A box that players pass over.
      return Buffer.concat([CLIP, box("free", Buffer.from(label))]);
    case "audio":
      return Buffer.concat([id3(label), TONE]);
  }
}

const CLIP = fixture("clip.mp4");
const TONE = fixture("tone.mp3");
const SIDE = 16;

function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, "fixtures", name));
}

function png(label: string): Buffer {
  const colour = createHash("sha256").update(label).digest().subarray(0, 3);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: SIDE }, () => colour)]);
  const pixels = Buffer.concat(Array.from({ length: SIDE }, () => row));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Title\0${label}`, "latin1")),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function box(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, data]);
}

/** An ID3v2.3 tag with one title frame. */
function id3(label: string): Buffer {
  const text = Buffer.concat([Buffer.from([0]), Buffer.from(label, "latin1")]);
  const frame = Buffer.alloc(10);
  frame.write("TIT2", 0, "latin1");
  frame.writeUInt32BE(text.length, 4);
  const size = frame.length + text.length;
  // Sizes of tags have seven bits a byte.
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, (size >> 7) & 0x7f, size & 0x7f]);
  return Buffer.concat([head, frame, text]);
}
