import { spawn } from "node:child_process";
import { once } from "node:events";
import type { FetchedInput } from "../../provider.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { Size } from "../request/ratio.ts";

/** The frames of a customer's clip, decoded by the system's ffmpeg. */
export interface Footage {
  /** Decodes a stretch of frames and lets go of the one before. */
  load(from: number, count: number): Promise<void>;
  /** A frame of the loaded stretch; the clip begins anew where it has ended. */
  frame(number: number): Sheet;
}

/** What a clip is decoded to. */
export interface FootageWish {
  readonly clip: FetchedInput;
  /** How long it is. */
  readonly seconds: number;
  readonly size: Size;
  readonly fps: number;
}

/** Containers whose demuxer reads no other file and asks no network. */
const FORMATS: Readonly<Record<string, string>> = {
  "video/mp4": "mov",
  "video/quicktime": "mov",
  "video/webm": "matroska",
};

/** Frames are decoded this wide at most: a stretch of 24 must stay small. */
const WIDTH_MAX = 960;
/** Seconds that one stretch may take. */
const PATIENCE_MS = 30_000;

/** Opens a clip; `null` when there is no ffmpeg on the machine, or it cannot read the clip. */
export async function openFootage(wish: FootageWish): Promise<Footage | null> {
  const format = FORMATS[wish.clip.mediaType];
  if (format === undefined) return null;
  const shrink = Math.min(1, WIDTH_MAX / Math.max(wish.size.width, wish.size.height));
  const size = { width: even(wish.size.width * shrink), height: even(wish.size.height * shrink) };
  const sheet = openSheet(size.width, size.height);
  const total = Math.max(1, Math.floor(wish.seconds * wish.fps));
  const work = { ...wish, format, size };
  const [first] = await decode(work, { from: 0, count: 1 });
  if (first === undefined) return null;
  let stretch: { readonly from: number; readonly frames: readonly Buffer[] } = {
    from: 0,
    frames: [first],
  };
  return {
    async load(from, count) {
      const frames = [...(await decode(work, { from: from % total, count }))];
      while (frames.length < count) {
        const again = await decode(work, {
          from: 0,
          count: Math.min(total, count - frames.length),
        });
        if (again.length === 0) break;
        frames.push(...again);
      }
      stretch = { from, frames };
    },
    frame(number) {
      const { from, frames } = stretch;
      put(sheet, frames[number - from] ?? frames.at(-1) ?? first);
      return sheet;
    },
  };
}

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}

function put({ pen, width, height }: Sheet, pixels: Buffer): void {
  const image = pen.createImageData(width, height);
  image.data.set(pixels);
  pen.putImageData(image, 0, 0);
}

interface Decoding extends FootageWish {
  readonly format: string;
}

/** As many frames as the clip still has; none when it has ended or nobody can read it. */
async function decode(
  { clip, format, size, fps }: Decoding,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<readonly Buffer[]> {
  const { width, height } = size;
  const sides = `${width}:${height}`;
  const fit = `scale=${sides}:force_original_aspect_ratio=increase,crop=${sides}`;
  const words = [
    ...["-v", "error", "-nostdin", "-protocol_whitelist", "file", "-f", format, "-threads", "1"],
    ...["-ss", String(from / fps), "-i", clip.path, "-an", "-sn", "-dn"],
    ...["-vf", `fps=${fps},${fit}`, "-frames:v", String(count)],
    ...["-f", "rawvideo", "-pix_fmt", "rgba", "pipe:1"],
  ];
  const child = spawn("ffmpeg", words, {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
    // The system's own, which sees none of our settings.
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
  });
  const ended = once(child, "close").then(
    () => true,
    // Not on this machine.
    () => false,
  );
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part);
  if (!(await ended)) return [];
  const bytes = Buffer.concat(parts);
  const frameBytes = width * height * 4;
  const whole = Math.min(count, Math.floor(bytes.length / frameBytes));
  return Array.from({ length: whole }, (_, index) =>
    bytes.subarray(index * frameBytes, (index + 1) * frameBytes),
  );
}
