import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from "mediabunny";
import type { RenderJob } from "../job.ts";
import type { Size } from "../request/ratio.ts";
import type { EncodedSound } from "./aac.ts";

/** What is known of a customer's clip without decoding it. */
export interface Clip {
  readonly seconds: number;
  readonly size: Size;
}

/**
 * Reads length and shape of a clip from its container; `null` when it has none. Its frames stay
 * closed: the engine ships an encoder of H.264, no decoder.
 */
export async function readClip(job: RenderJob, url: string): Promise<Clip | null> {
  const path = job.inputs[url]?.path;
  if (path === undefined) return null;
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const track = await input.getPrimaryVideoTrack().then(
    (found) => found,
    () => null,
  );
  if (track === null) return null;
  const seconds = await track.computeDuration();
  return {
    seconds,
    size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() },
  };
}

/** The sound of a clip as it is, without decoding it; `null` when it has none in AAC. */
export async function readClipSound(job: RenderJob, url: string): Promise<EncodedSound | null> {
  const path = job.inputs[url]?.path;
  if (path === undefined) return null;
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const track = await input.getPrimaryAudioTrack().then(
    (found) => found,
    () => null,
  );
  const config = track === null ? null : await track.getDecoderConfig();
  if (track === null || config === null || !config.codec.startsWith("mp4a.40")) return null;
  const packets: EncodedSound["packets"][number][] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return { packets, config };
}
