import type { Json } from "../../../src/lib/json.ts";
import { type FakeAnswer, type FakeRequest, type FakeUpstream, openFake } from "./fake-upstream.ts";
import { PICTURE } from "./media.ts";

/** The key that the fake takes. */
export const OPENAI_KEY = "sk-proj-fake0123456789abcdef0123456789";

/** What a fake of OpenAI's image endpoints may do otherwise. */
export interface OpenaiFakeOptions {
  /** The bytes of each picture. */
  readonly picture?: Buffer;
  /** Answers with links instead of bytes, as some local servers do. */
  readonly links?: boolean;
}

/** Starts a fake of `/v1/images/generations` and `/v1/images/edits`. */
export function openOpenaiImages(options: OpenaiFakeOptions = {}): Promise<FakeUpstream> {
  const { picture = PICTURE } = options;
  return openFake({
    stepOf({ method, path }) {
      if (method === "POST" && /^\/v1\/images\/(generations|edits)$/.test(path)) return "submit";
      return method === "GET" && path.startsWith("/pictures/") ? "content" : null;
    },
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${OPENAI_KEY}`,
    answer(step, request, world): FakeAnswer {
      if (step === "content") return { headers: { "content-type": "image/png" }, body: picture };
      const wrong = faultOf(request);
      if (wrong !== null) return refusal(400, { ...INVALID, message: wrong });
      if (world.ending === "moderation") return MODERATION;
      const job = world.take(request);
      const count = Number(fieldOf(request, "n") ?? 1);
      const item: Json = options.links
        ? { url: `${world.url}/pictures/${job.id}.png` }
        : { b64_json: picture.toString("base64") };
      return {
        headers: { "x-request-id": `req_${job.id}` },
        body: {
          created: 1_790_000_000,
          background: "opaque",
          data: Array.from({ length: count }, () => item),
          output_format: "png",
          quality: "high",
          size: "1024x1024",
          usage: { input_tokens: 9, output_tokens: 1_056, total_tokens: 1_065 },
        },
      };
    },
    refuse: (status) => refusal(status, WORDS[status] ?? SERVER),
  });
}

/** The value of a field, of JSON or of a form. */
export function fieldOf({ json, body }: FakeRequest, name: string): string | null {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    const value: unknown = Reflect.get(json, name);
    return value === undefined ? null : String(value);
  }
  const text = body.toString("latin1");
  return new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)\\r\\n`).exec(text)?.[1] ?? null;
}

const SIZES = /^(auto|\d+x\d+)$/;

/** The first field that the real endpoint would refuse. */
function faultOf(request: FakeRequest): string | null {
  const size = fieldOf(request, "size");
  if ((fieldOf(request, "prompt") ?? "") === "") return "Missing required parameter: 'prompt'.";
  if ((fieldOf(request, "model") ?? "") === "") return "Missing required parameter: 'model'.";
  if (fieldOf(request, "response_format") !== null) {
    return "Unknown parameter: 'response_format'.";
  }
  if (size !== null && !SIZES.test(size)) return `Invalid value: '${size}'.`;
  const isEdit = request.path.endsWith("/edits");
  const hasImage = /name="image(\[\])?"; filename=/.test(request.body.toString("latin1"));
  return isEdit && !hasImage ? "Missing required parameter: 'image'." : null;
}

interface Words {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
}

const INVALID: Words = {
  message: "Invalid request.",
  type: "invalid_request_error",
  code: "invalid_value",
  param: null,
};
const SERVER: Words = {
  message: "The server had an error while processing your request.",
  type: "server_error",
  code: null,
  param: null,
};
const WORDS: Readonly<Record<number, Words>> = {
  400: { ...INVALID, message: `Invalid request for key ${OPENAI_KEY}.` },
  401: {
    ...INVALID,
    message: `Incorrect API key provided: ${OPENAI_KEY}. See https://platform.openai.com/keys.`,
    code: "invalid_api_key",
  },
  404: { ...INVALID, message: "The model does not exist.", code: "model_not_found" },
  429: {
    message: "Rate limit reached for images per minute.",
    type: "requests",
    code: "rate_limit_exceeded",
    param: null,
  },
};

/** A prompt that the safety system refuses. */
export const MODERATION: FakeAnswer = refusal(400, {
  message: "Your request was rejected by the safety system. Request ID req_0123456789.",
  type: "image_generation_user_error",
  code: "moderation_blocked",
  param: null,
});

function refusal(status: number, words: Words): FakeAnswer {
  return { status, body: { error: { ...words } } };
}
