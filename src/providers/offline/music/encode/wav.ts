import { open } from "node:fs/promises";
import { RATE, type Stage } from "../synth/stage.ts";

const CHUNK = RATE * 4;

/** A WAV file that is being written. */
export interface WavFile {
  /** Adds sound behind what is there. */
  append(stage: Stage): Promise<void>;
  close(): Promise<void>;
}

/** Opens a WAV file of a known number of frames: 16 bits, 48 kHz stereo. */
export async function openWav(path: string, frames: number): Promise<WavFile> {
  const file = await open(path, "w");
  await file.write(header(frames));
  return {
    async append(stage) {
      for (let from = 0; from < stage.left.length; from += CHUNK) {
        await file.write(interleaved(stage, from));
      }
    },
    close: () => file.close(),
  };
}

/** Writes a stage as WAV, 16 bits, 48 kHz stereo. */
export async function writeWav(path: string, stage: Stage): Promise<void> {
  const file = await openWav(path, stage.left.length);
  try {
    await file.append(stage);
  } finally {
    await file.close();
  }
}

function header(frames: number): Uint8Array {
  const bytes = frames * 4;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + bytes, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(bytes, 40);
  return head;
}

function interleaved(stage: Stage, from: number): Uint8Array {
  const count = Math.min(CHUNK, stage.left.length - from);
  const samples = new Int16Array(count * 2);
  for (let index = 0; index < count; index += 1) {
    samples[index * 2] = word(stage.left[from + index] ?? 0);
    samples[index * 2 + 1] = word(stage.right[from + index] ?? 0);
  }
  return new Uint8Array(samples.buffer);
}

function word(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767)));
}
