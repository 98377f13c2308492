import { open } from "node:fs/promises";
import { registerAacEncoder } from "@mediabunny/aac-encoder";
import {
  AudioSample,
  AudioSampleSource,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
} from "mediabunny";
import { SOFTWARE } from "../picture/encode.ts";
import { type EncodedPart, FPS } from "./h264.ts";

/** Sound of a film: two channels at 48 kHz. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Samples a second. */
export const SAMPLE_RATE = 48_000;

/** A film file that is being written; its index stands at the front. */
export interface MovieFile {
  add(part: EncodedPart): Promise<void>;
  finish(): Promise<void>;
  /** Lets go of an unfinished file; does nothing after `finish`. */
  abandon(): Promise<void>;
}

/** Opens a film file of a known number of frames, with sound or without. */
export async function openMovie(
  path: string,
  { frames, sound }: { readonly frames: number; readonly sound: Sound | null },
): Promise<MovieFile> {
  const format = new Mp4OutputFormat({ fastStart: "reserve" });
  const output = new Output({ format, target: new FilePathTarget(path) });
  const video = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(video, { frameRate: FPS, maximumPacketCount: frames });
  const audio = sound === null ? null : addSound(output, sound);
  output.setMetadataTags({ comment: SOFTWARE });
  await output.start();
  const sounding = audio === null || sound === null ? Promise.resolve() : writeSound(audio, sound);
  return {
    async add({ packets, config }) {
      const decoderConfig = { ...config, colorSpace: COLOUR_SPACE };
      for (const packet of packets) await video.add(packet, { decoderConfig });
    },
    async finish() {
      await sounding;
      await output.finalize();
      await clearTimes(path);
    },
    async abandon() {
      if (output.state === "started") await output.cancel();
      await sounding.catch(() => undefined);
    },
  };
}

const COLOUR_SPACE = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
} as const;

function addSound(output: Output, { left }: Sound): AudioSampleSource {
  registerAacEncoder();
  const audio = new AudioSampleSource({ codec: "aac", bitrate: 160_000 });
  const packets = Math.ceil((left.length / 1024) * 1.1) + 16;
  output.addAudioTrack(audio, { maximumPacketCount: packets });
  return audio;
}

async function writeSound(audio: AudioSampleSource, { left, right }: Sound): Promise<void> {
  for (let from = 0; from < left.length; from += SAMPLE_RATE) {
    const count = Math.min(SAMPLE_RATE, left.length - from);
    const data = new Float32Array(count * 2);
    data.set(left.subarray(from, from + count));
    data.set(right.subarray(from, from + count), count);
    const sample = new AudioSample({
      data,
      format: "f32-planar",
      numberOfChannels: 2,
      sampleRate: SAMPLE_RATE,
      timestamp: from / SAMPLE_RATE,
    });
    await audio.add(sample);
    sample.close();
  }
  audio.close();
}

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
