import { registerAacEncoder } from "@mediabunny/aac-encoder";
import {
  ALL_FORMATS,
  AudioSample,
  AudioSampleSource,
  BufferSource,
  BufferTarget,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  Mp4OutputFormat,
  Output,
} from "mediabunny";
import { present } from "../../../lib/assert.ts";

/** Sound of a film: two channels at 48 kHz. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Samples a second. */
export const SAMPLE_RATE = 48_000;

/** Packets of AAC with what a decoder must know. */
export interface EncodedSound {
  readonly packets: readonly EncodedPacket[];
  readonly config: AudioDecoderConfig;
}

/** Encodes the whole sound of a film as AAC at 160 kbit/s: 20 kB a second in memory. */
export async function encodeSound({ left, right }: Sound): Promise<EncodedSound> {
  registerAacEncoder();
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const audio = new AudioSampleSource({ codec: "aac", bitrate: 160_000 });
  output.addAudioTrack(audio);
  await output.start();
  for (let from = 0; from < left.length; from += SAMPLE_RATE) {
    const count = Math.min(SAMPLE_RATE, left.length - from);
    const data = new Float32Array(count * 2);
    data.set(left.subarray(from, from + count));
    data.set(right.subarray(from, from + count), count);
    const timestamp = from / SAMPLE_RATE;
    const shape = { numberOfChannels: 2, sampleRate: SAMPLE_RATE, timestamp };
    const sample = new AudioSample({ data, format: "f32-planar", ...shape });
    await audio.add(sample);
    sample.close();
  }
  await output.finalize();
  return readSound(present(target.buffer, "The encoded sound"));
}

async function readSound(bytes: ArrayBuffer): Promise<EncodedSound> {
  using input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = present(await input.getPrimaryAudioTrack(), "The encoder's audio track");
  const config = present(await track.getDecoderConfig(), "The encoder's audio config");
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return { packets, config };
}
