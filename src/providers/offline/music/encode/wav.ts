import { open } from "node:fs/promises";
import { RATE, type Stage } from "../synth/stage.ts";

const CHUNK = RATE * 4;

/** Writes a stage as WAV, 16 bits, 48 kHz stereo. */
export async function writeWav(path: string, stage: Stage, signal: AbortSignal): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write(header(stage.left.length));
    for (let from = 0; from < stage.left.length; from += CHUNK) {
      signal.throwIfAborted();
      await file.write(interleaved(stage, from));
    }
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
