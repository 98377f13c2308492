import { open } from "node:fs/promises";
import {
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
} from "mediabunny";
import { SOFTWARE } from "../picture/encode.ts";
import type { EncodedSound } from "./aac.ts";
import type { EncodedPart } from "./h264.ts";

/** A film file that is being written; its index stands at the front. */
export interface MovieFile {
  add(part: EncodedPart): Promise<void>;
  finish(): Promise<void>;
  /** Lets go of an unfinished file; does nothing after `finish`. */
  abandon(): Promise<void>;
}

/**
 * Opens a film file of a known number of frames, with sound or without. Packets are written in the
 * order of their times, each awaited, so that equal films give equal bytes.
 */
export async function openMovie(
  path: string,
  {
    frames,
    fps,
    sound,
  }: { readonly frames: number; readonly fps: number; readonly sound: EncodedSound | null },
): Promise<MovieFile> {
  const format = new Mp4OutputFormat({ fastStart: "reserve" });
  const output = new Output({ format, target: new FilePathTarget(path) });
  const video = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(video, { frameRate: fps, maximumPacketCount: frames });
  const audio = new EncodedAudioPacketSource("aac");
  if (sound !== null) output.addAudioTrack(audio, { maximumPacketCount: sound.packets.length });
  output.setMetadataTags({ comment: SOFTWARE });
  await output.start();
  let sounded = 0;
  const soundUntil = async (seconds: number): Promise<void> => {
    if (sound === null) return;
    for (; sounded < sound.packets.length; sounded += 1) {
      const packet = sound.packets[sounded];
      if (packet === undefined || packet.timestamp > seconds) return;
      await audio.add(packet, { decoderConfig: sound.config });
    }
  };
  return {
    async add({ packets, config }) {
      const decoderConfig = { ...config, colorSpace: COLOUR_SPACE };
      for (const packet of packets) {
        await video.add(packet, { decoderConfig });
        await soundUntil(packet.timestamp);
      }
    },
    async finish() {
      await soundUntil(Number.POSITIVE_INFINITY);
      await output.finalize();
      await clearTimes(path);
    },
    async abandon() {
      if (output.state === "started") await output.cancel();
    },
  };
}

const COLOUR_SPACE = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
} as const;

const TIMED_BOXES = new Set(["mvhd", "tkhd", "mdhd"]);
const PARENT_BOXES = new Set(["moov", "trak", "mdia"]);

/** The muxer writes the time of day into the index; without it equal jobs give equal bytes. */
async function clearTimes(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    const head = Buffer.alloc(4096);
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(head, 0, 16, at);
      if (bytesRead < 8) return;
      const size = head.readUInt32BE(0);
      const type = head.toString("latin1", 4, 8);
      if (TIMED_BOXES.has(type)) {
        const wide = (await file.read(head, 0, 16, at + 8)).bytesRead > 0 && head[0] === 1;
        await file.write(Buffer.alloc(wide ? 16 : 8), 0, wide ? 16 : 8, at + 12);
      }
      if (type === "mdat") return;
      at += PARENT_BOXES.has(type) ? 8 : Math.max(8, size);
    }
  } finally {
    await file.close();
  }
}
