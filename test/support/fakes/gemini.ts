import type { Json } from "../../../src/lib/json.ts";
import { type FakeAnswer, type FakeRequest, type FakeUpstream, openFake } from "./fake-upstream.ts";
import { PICTURE } from "./media.ts";

/** The key that the fake takes. */
export const GEMINI_KEY = "AIzaFake0123456789abcdef0123456789abcdef";

/** Starts a fake of `generateContent`. */
export function openGemini(): Promise<FakeUpstream> {
  return openFake({
    stepOf({ method, path }) {
      const isCall = /^\/v1(beta)?\/models\/[a-z0-9.-]+:generateContent$/.test(path);
      return method === "POST" && isCall ? "submit" : null;
    },
    isAuthorized: ({ headers }) => headers["x-goog-api-key"] === GEMINI_KEY,
    answer(_step, request, world): FakeAnswer {
      const wrong = faultOf(request);
      if (wrong !== null) return refusal(400, "INVALID_ARGUMENT", wrong);
      const job = world.take(request);
      return { body: content(world.ending, `response-${job.id}`) };
    },
    refuse: (status) => refusal(status, STATUS[status] ?? "INTERNAL", `About ${GEMINI_KEY}`),
  });
}

const STATUS: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

/** An error in Google's shape. */
function refusal(code: number, status: string, message: string): FakeAnswer {
  return { status: code, body: { error: { code, message, status } } };
}

/** `ending`: a finish reason, or `block:` and a reason for the prompt. */
function content(ending: string | null, responseId: string): Json {
  const facts = { modelVersion: "gemini-nano-banana-2.1", responseId };
  const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: 1_290 };
  if (ending?.startsWith("block:") === true) {
    return { ...facts, promptFeedback: { blockReason: ending.slice(6) }, usageMetadata };
  }
  if (ending !== null) {
    const candidates = [{ finishReason: ending, index: 0 }];
    return { ...facts, candidates, usageMetadata };
  }
  const inlineData = { mimeType: "image/png", data: PICTURE.toString("base64") };
  const parts = [
    { inlineData: { ...inlineData, data: "c2tldGNo" }, thought: true },
    { text: "Here it is." },
    { inlineData },
  ];
  const candidates = [{ content: { role: "model", parts }, finishReason: "STOP", index: 0 }];
  return { ...facts, candidates, usageMetadata };
}

const FIELDS = new Set(["contents", "generationConfig", "tools"]);

function faultOf({ json }: FakeRequest): string | null {
  const isObject = typeof json === "object" && json !== null;
  const body: Record<string, unknown> = isObject ? { ...json } : {};
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return `Unknown name "${strange}": Cannot find field.`;
  return Array.isArray(body.contents) ? null : "contents is not specified";
}
