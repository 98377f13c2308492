import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { assert } from "./assert.ts";

/** Decoded sound at its own sample rate. */
export interface Pcm {
  readonly rate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Decodes MP3 (minimp3 as WebAssembly, 21 kB). Gives no samples when there is no frame. */
export async function decodeMp3(bytes: Uint8Array, secondsMax: number): Promise<Pcm> {
  const path = createRequire(import.meta.url).resolve("minimp3-wasm/dist/decoder.opt.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(path), {});
  const machine = machineOf(instance.exports);
  machine.call("decoder_init");
  machine.call("decoder_set_mp3_data_size", bytes.byteLength);
  const at = machine.call("decoder_mp3_data_offset");
  new Uint8Array(machine.memory.buffer, at, bytes.byteLength).set(bytes);
  const chunks: Int16Array[] = [];
  let [rate, channels, seconds] = [48_000, 2, 0];
  while (seconds < secondsMax) {
    machine.call("decoder_decode", 5);
    const size = machine.call("decoder_pcm_data_size");
    if (size === 0 || machine.call("decode_results_num_samples") === 0) break;
    rate = machine.call("decode_results_sampling_rate");
    channels = machine.call("decode_results_num_channels");
    const view = new Int16Array(
      machine.memory.buffer,
      machine.call("decoder_pcm_data_offset"),
      size / 2,
    );
    chunks.push(view.slice());
    const now = machine.call("decoder_current_time");
    if (now <= seconds) break;
    seconds = now;
  }
  return unweave(chunks, channels, rate);
}

/** The little of WebAssembly that is used here; the compiler's own library has no name for it. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
  readonly Memory: new (shape: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  call(name: string, argument?: number): number;
}

function machineOf(exported: Readonly<Record<string, unknown>>): Machine {
  const { memory } = exported;
  assert(memory instanceof WebAssembly.Memory, "The decoder shows its memory");
  return {
    memory,
    call(name, argument = 0) {
      const run = exported[name];
      assert(typeof run === "function", `The decoder has ${name}`);
      const answer: unknown = run(argument);
      return typeof answer === "number" ? answer : 0;
    },
  };
}

function unweave(chunks: readonly Int16Array[], channels: number, rate: number): Pcm {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const frames = Math.floor(total / channels);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  let at = 0;
  for (const chunk of chunks) {
    for (let index = 0; index + channels <= chunk.length; index += channels) {
      left[at] = (chunk[index] ?? 0) / 32_768;
      right[at] = (chunk[index + channels - 1] ?? 0) / 32_768;
      at += 1;
    }
  }
  return { rate, left, right };
}
