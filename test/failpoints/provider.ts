import type { Observation } from "../../src/core/outcome.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../src/lib/json.ts";
import type { Provider, ProviderContext } from "../../src/providers/provider.ts";
import type { Tap } from "./taps.ts";

/** How long the upstream may take to register a submit, and the pace of everything else. */
export const GRACE_MS = 2_500;
const POLL_MS = 40;
const EXCHANGE = { timeoutMs: 5_000, bytesMax: 65_536 } as const;

/** Resolves when the upstream says, beside its answers, that it has a submit. */
export type Heard = (marker: string) => Promise<void>;

/** Speaks to `upstream.ts`; finds a lost job by our own reference. */
export function ledgerProvider(tap: Tap, heard: Heard): Provider {
  return {
    name: "ledger",
    models: { "grok-imagine-image": "picture" },
    traits: {
      completion: ["poll", "callback"],
      resubmit: "client-id",
      cancel: "any",
      volatile: false,
      pollMs: { min: POLL_MS, start: POLL_MS, max: POLL_MS },
      graceMs: GRACE_MS,
      softLimitMs: 60_000,
      resultTtlMs: null,
    },
    prepare: ({ marker }) => ({ kind: "ready", prepared: { marker }, notes: [] }),
    async submit(prepared, context) {
      const body = JSON.stringify(prepared);
      const asked = context.request({ method: "POST", url: "jobs", body, ...EXCHANGE });
      const marker = isJsonObject(prepared) ? String(prepared.marker) : "";
      await Promise.race([asked.catch(() => null), heard(marker)]);
      await tap("submit sent");
      const operation = bodyOf(await asked);
      await tap("submit answered");
      return { kind: "accepted", operation, pollAfterMs: POLL_MS };
    },
    async poll(operation, context) {
      const { state, url } = bodyOf(await ask(context, `jobs/${idOf(operation)}`));
      const seen = observe(state, url);
      await tap(`poll ${seen.kind}`);
      return seen;
    },
    async find({ marker }, context) {
      const answer = await ask(context, `find?marker=${marker}`);
      return answer.status === 200
        ? { kind: "found", operation: bodyOf(answer) }
        : { kind: "absent" };
    },
    callback: async ({ body }) => ({
      trust: "unsigned",
      operation: { id: Buffer.from(body).toString() },
      observation: null,
      reply: null,
    }),
    cancel: async () => "canceled",
  };
}

function ask(context: ProviderContext, url: string): ReturnType<ProviderContext["request"]> {
  return context.request({ method: "GET", url, ...EXCHANGE });
}

function bodyOf({ body }: { readonly body: Uint8Array }): JsonObject {
  const value = parseJson(Buffer.from(body).toString());
  return isJsonObject(value) ? value : {};
}

function idOf(operation: Json): string {
  return isJsonObject(operation) && typeof operation.id === "string" ? operation.id : "";
}

function observe(state: Json | undefined, url: Json | undefined): Observation {
  if (state === "pending") {
    return { kind: "pending", phase: "running", progress: null, pollAfterMs: POLL_MS };
  }
  if (state === "completed" && typeof url === "string") {
    const artifacts = [{ source: { kind: "url", url }, media: "image" } as const];
    const outputs = [{ kind: "media", file: 0, media: "image" } as const];
    return { kind: "completed", production: { artifacts, outputs, creations: [], meta: null } };
  }
  if (state === "lost") return { kind: "lost" };
  const error = { code: "generation_failed", message: "It failed", retry: "never" } as const;
  return { kind: "failed", error: { ...error, retryAfterMs: null, billed: "yes" } };
}
