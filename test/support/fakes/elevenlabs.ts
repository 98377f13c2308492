import { type FakeAnswer, type FakeRequest, type FakeUpstream, openFake } from "./fake-upstream.ts";
import { SOUND } from "./media.ts";

/** The key that the fake takes. */
export const ELEVENLABS_KEY = "sk_fake0123456789abcdef0123456789abcdef0123456789";

/** Starts a fake of `/v1/music`. */
export function openElevenlabs(): Promise<FakeUpstream> {
  return openFake({
    stepOf: ({ method, path }) => (method === "POST" && path === "/v1/music" ? "submit" : null),
    isAuthorized: ({ headers }) => headers["xi-api-key"] === ELEVENLABS_KEY,
    answer(_step, request, world): FakeAnswer {
      const wrong = faultOf(request);
      if (wrong !== null) {
        return { status: 422, body: { detail: [{ loc: ["body"], msg: wrong, type: "value" }] } };
      }
      const job = world.take(request);
      return {
        headers: { "content-type": "audio/mpeg", "song-id": `song-${job.id}` },
        body: SOUND,
      };
    },
    refuse: (status) => ({ status, body: { detail: DETAILS[status] ?? UNKNOWN } }),
  });
}

const UNKNOWN = { status: "internal_server_error", message: "Something went wrong." };
const DETAILS: Readonly<Record<number, { readonly status: string; readonly message: string }>> = {
  400: { status: "invalid_request", message: `Invalid for ${ELEVENLABS_KEY}.` },
  401: { status: "invalid_api_key", message: `Invalid API key ${ELEVENLABS_KEY}.` },
  403: { status: "missing_permissions", message: "The key lacks music_generation." },
  429: { status: "rate_limited", message: "Too many requests." },
};

const FIELDS = new Set(
  (
    "prompt composition_plan music_length_ms model_id seed force_instrumental finetune_id " +
    "respect_sections_durations store_for_inpainting sign_with_c2pa"
  ).split(" "),
);

/** The first thing that the real endpoint would refuse. */
function faultOf({ json, query }: FakeRequest): string | null {
  const isObject = typeof json === "object" && json !== null;
  const body: Record<string, unknown> = isObject ? { ...json } : {};
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return `Extra inputs are not permitted: ${strange}`;
  const format = query.get("output_format") ?? "auto";
  if (!/^(auto|(mp3|opus|pcm)_\d+(_\d+)?)$/.test(format)) return "output_format is unknown";
  const { prompt, composition_plan: plan, force_instrumental: forced } = body;
  if ((prompt === undefined) === (plan === undefined)) {
    return "Exactly one of prompt and composition_plan must be given";
  }
  if (plan === undefined) return null;
  if (forced !== undefined) return "force_instrumental can only be used with prompt";
  return planFault(Reflect.get(Object(plan), "chunks"));
}

function planFault(chunks: unknown): string | null {
  if (!Array.isArray(chunks) || chunks.length === 0) return "chunks must not be empty";
  for (const chunk of chunks) {
    const { text, duration_ms: durationMs, positive_styles: styles } = Object(chunk);
    const lines = String(text)
      .split("\n")
      .filter((line) => !/^\[.*\]$/.test(line));
    if (lines.length > 30 || lines.some((line) => line.length > 200)) return "text is too long";
    if (!(durationMs >= 3_000 && durationMs <= 120_000)) return "duration_ms is out of range";
    if (!Array.isArray(styles)) return "positive_styles is missing";
  }
  return null;
}
