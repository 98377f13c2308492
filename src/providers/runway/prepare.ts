import type { Json, JsonObject } from "../../lib/json.ts";
import { refusedInput, strangeMember } from "../answer.ts";
import type { Preparation, ProviderRequest } from "../provider.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";
import { writePrepared } from "./wire.ts";

const KNOWN: ReadonlySet<string> = new Set([
  "prompt",
  "image_urls",
  "aspect_ratio",
  "duration",
  "resolution",
  "sound",
  "seed",
  "generation_type",
]);
const PROMPT_LENGTH_MAX = 1_000;

/** What one of the service's models takes. */
interface Kind {
  /** Seconds that it makes. */
  makes(seconds: number): boolean;
  readonly seconds: string;
  readonly fallbackSeconds: number;
  /** Pixels by ratio, for films from text and from pictures. */
  readonly text: Readonly<Record<string, string>>;
  readonly image: Readonly<Record<string, string>>;
  readonly framesMax: number;
  readonly hasSound: boolean;
}

const HD = { "16:9": "1280:720", "9:16": "720:1280" };
const FULL_HD = { "16:9": "1920:1080", "9:16": "1080:1920" };

const GEN: Kind = {
  makes: (seconds) => Number.isInteger(seconds) && seconds >= 2 && seconds <= 10,
  seconds: "2 to 10",
  fallbackSeconds: 5,
  text: HD,
  image: { ...HD, "4:3": "1104:832", "3:4": "832:1104", "1:1": "960:960", "21:9": "1584:672" },
  framesMax: 1,
  hasSound: false,
};

const VEO: Kind = {
  makes: (seconds) => [4, 6, 8].includes(seconds),
  seconds: "4, 6 or 8",
  fallbackSeconds: 8,
  text: HD,
  image: HD,
  framesMax: 2,
  hasSound: true,
};

/** Maps a checked input to a body of `/v1/text_to_video` or `/v1/image_to_video`. Pure. */
export function prepareFilm({ input, upstreamModel }: ProviderRequest): Preparation {
  const kind = upstreamModel.startsWith("veo") ? VEO : GEN;
  const frames = textsAt(input, "image_urls");
  const ratios = ratiosOf(kind, input, frames.length > 0);
  const ratio = textAt(input, "aspect_ratio") ?? "16:9";
  const duration = numberAt(input, "duration") ?? kind.fallbackSeconds;
  const wrong = faultOf(kind, { input, duration, frames: frames.length });
  if (wrong !== null) return refusedInput(wrong);
  const pixels = ratios[ratio];
  if (pixels === undefined) {
    const names = Object.keys(ratios).join(", ");
    return refusedInput(`aspect_ratio ${ratio} is not supported; this provider takes ${names}`);
  }
  const prepared: Json = writePrepared({
    model: upstreamModel,
    promptText: textAt(input, "prompt") ?? "",
    ratio: pixels,
    duration,
    audio: kind.hasSound && typeof input.sound === "boolean" ? input.sound : null,
    seed: numberAt(input, "seed"),
    frames,
  });
  return { kind: "ready", prepared, notes: [] };
}

function ratiosOf(kind: Kind, input: JsonObject, hasFrames: boolean): Kind["text"] {
  if (kind === VEO && textAt(input, "resolution") === "1080p") return FULL_HD;
  return hasFrames ? kind.image : kind.text;
}

interface Film {
  readonly input: JsonObject;
  readonly duration: number;
  readonly frames: number;
}

function faultOf(kind: Kind, { input, duration, frames }: Film): string | null {
  const strange = strangeMember(input, KNOWN);
  if (strange !== null) return strange;
  if (textAt(input, "generation_type") === "reference") {
    return "generation_type reference is not supported by this provider";
  }
  // The service counts UTF-16 code units, as `length` does.
  if ((textAt(input, "prompt") ?? "").length > PROMPT_LENGTH_MAX) {
    return `prompt must be ${PROMPT_LENGTH_MAX} characters or fewer for this provider`;
  }
  if (!kind.makes(duration)) {
    return `duration ${duration} is not supported; this provider makes ${kind.seconds} seconds`;
  }
  const resolution = textAt(input, "resolution");
  if (resolution !== null && resolution !== "720p" && !(kind === VEO && resolution === "1080p")) {
    return `resolution ${resolution} is not supported by this provider`;
  }
  if (input.sound === true && !kind.hasSound) return "sound is not supported by this provider";
  return frames > kind.framesMax
    ? `image_urls must have ${kind.framesMax} or fewer for this provider`
    : null;
}
