import { registerMp3Encoder } from "@mediabunny/mp3-encoder";
import {
  AudioSample,
  AudioSampleSource,
  FilePathTarget,
  Mp3OutputFormat,
  Output,
} from "mediabunny";
import { RATE, type Stage } from "../synth/stage.ts";

/** What goes into the file beside the sound. */
export interface TrackTags {
  readonly title: string;
  readonly genre: string;
  readonly comment: string;
}

const CHUNK = RATE;
let registered = false;

/** Writes a stage as MP3, 192 kbit/s constant, 48 kHz stereo. */
export async function writeMp3(
  path: string,
  stage: Stage,
  options: { readonly tags: TrackTags; readonly signal: AbortSignal },
): Promise<void> {
  if (!registered) registerMp3Encoder();
  registered = true;
  const output = new Output({ format: new Mp3OutputFormat(), target: new FilePathTarget(path) });
  const source = new AudioSampleSource({ codec: "mp3", bitrate: 192_000, bitrateMode: "constant" });
  output.addAudioTrack(source);
  output.setMetadataTags(options.tags);
  await output.start();
  const length = stage.left.length;
  for (let from = 0; from < length; from += CHUNK) {
    if (options.signal.aborted) await output.cancel();
    options.signal.throwIfAborted();
    const count = Math.min(CHUNK, length - from);
    const sample = new AudioSample({
      data: planar(stage, from, count),
      format: "f32-planar",
      numberOfChannels: 2,
      sampleRate: RATE,
      timestamp: from / RATE,
    });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
}

function planar(stage: Stage, from: number, count: number): Float32Array<ArrayBuffer> {
  const data = new Float32Array(count * 2);
  data.set(stage.left.subarray(from, from + count), 0);
  data.set(stage.right.subarray(from, from + count), count);
  return data;
}
