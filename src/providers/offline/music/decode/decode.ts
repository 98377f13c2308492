import { readFile } from "node:fs/promises";
import type { UpstreamError } from "../../../../core/outcome.ts";
import { decodeMp3 } from "../../../../lib/decode-mp3.ts";
import { decodeWav } from "../../../../lib/decode-wav.ts";
import { UpstreamFailure } from "../../../provider.ts";
import { RATE, type Stage } from "../synth/stage.ts";
import { resample } from "./resample.ts";

/** Longest recording that is taken. */
const SECONDS_MAX = 8 * 60;

const UNREAD = "The audio is of a kind that is not read here; send MP3 or WAV";

/**
 * Reads a recording as 48 kHz stereo: MP3 or WAV, at most eight minutes.
 * @throws {UpstreamFailure} With `input_unreachable` when it is of another kind, with
 * `invalid_request` when it is too short or too long.
 */
export async function decodeAudio(path: string): Promise<Stage> {
  const bytes = await readFile(path);
  const pcm = decodeWav(bytes) ?? (isMp3(bytes) ? await decodeMp3(bytes, SECONDS_MAX + 5) : null);
  if (pcm === null) throw refused(UNREAD, "input_unreachable");
  if (pcm.left.length < pcm.rate / 2) throw refused("The audio is shorter than half a second");
  if (pcm.left.length / pcm.rate > SECONDS_MAX) throw refused("The audio is longer than 8 minutes");
  return { left: resample(pcm.left, pcm.rate), right: resample(pcm.right, pcm.rate) };
}

/** Seconds of a stage. */
export function secondsOf(stage: Stage): number {
  return stage.left.length / RATE;
}

function isMp3(bytes: Uint8Array): boolean {
  const tagged = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  const sync = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2;
  return tagged || sync;
}

/** A refusal of an input that sending it again would not cure. */
export function refused(
  message: string,
  code: UpstreamError["code"] = "invalid_request",
): UpstreamFailure {
  return new UpstreamFailure({ code, message, retry: "never", retryAfterMs: null, billed: "no" });
}
