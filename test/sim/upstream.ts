import type { FindOutcome, Observation, SubmitOutcome } from "../../src/core/outcome.ts";
import type { ProviderTraits } from "../../src/core/traits.ts";
import { isJsonObject, type Json } from "../../src/lib/json.ts";
import { type Provider, UpstreamFailure } from "../../src/providers/provider.ts";
import { PIXEL } from "../support/engine.ts";
import { upstreamError } from "../support/scripted-provider.ts";
import type { Gate } from "./gate.ts";

/** An upstream in memory that counts what was bought, by the prompt's own mark. */
export interface Upstream {
  readonly providers: readonly Provider[];
  /** How often each prompt was bought. */
  readonly purchases: ReadonlyMap<string, number>;
  /** What happens to a prompt's job; set before it is submitted. */
  decide(prompt: string, fate: Fate): void;
  /** The marker of a prompt's job, or `null`. */
  jobOf(prompt: string): string | null;
}

/** What an upstream does with a job. */
export interface Fate {
  /** `partial`: it is completed with a second picture that cannot be had by any link. */
  readonly end: "completed" | "partial" | "failed";
  /** Whether its answer to the submit arrives. */
  readonly answer: "kept" | "lost";
  readonly polls: number;
  /** How long after a submit its look-up still says that there is none. */
  readonly lateMs: number;
}

/** The models by how a lost answer is dealt with. */
export const MODELS = {
  "client-id": "grok-imagine-image",
  "idempotency-key": "gpt-4o-image",
  blind: "gpt-image-1.5",
} as const;

/** A key of {@link MODELS}. */
export type Resubmit = keyof typeof MODELS;

interface Job {
  readonly prompt: string;
  readonly fate: Fate;
  readonly acceptedMs: number;
  polls: number;
}

const DEFAULT: Fate = { end: "completed", answer: "kept", polls: 1, lateMs: 0 };

/** Starts one; each call of a provider passes the gate. */
export function makeUpstream(gate: Gate, nowMs: () => number): Upstream {
  const fates = new Map<string, Fate>();
  const jobs = new Map<string, Job>();
  const purchases = new Map<string, number>();
  const accept = (marker: string, prompt: string, isKept: boolean): Fate => {
    const known = isKept ? jobs.get(marker) : undefined;
    if (known !== undefined) return { ...known.fate, answer: "kept" };
    const fate = fates.get(prompt) ?? DEFAULT;
    purchases.set(prompt, (purchases.get(prompt) ?? 0) + 1);
    jobs.set(marker, { prompt, fate, acceptedMs: nowMs(), polls: 0 });
    return fate;
  };
  const makeProvider = (resubmit: Resubmit): Provider => ({
    name: resubmit,
    models: { [MODELS[resubmit]]: "picture" },
    traits: { ...TRAITS, resubmit },
    prepare: ({ marker, input }) => ({
      kind: "ready",
      prepared: { marker, prompt: String(input.prompt) },
      notes: [],
    }),
    submit: (prepared) =>
      gate.pass("submit", async (): Promise<SubmitOutcome> => {
        const marker = textOf(prepared, "marker");
        const fate = accept(marker, textOf(prepared, "prompt"), resubmit === "idempotency-key");
        if (fate.answer === "lost") throw new Error("socket hang up");
        return { kind: "accepted", operation: { id: marker }, pollAfterMs: 0 };
      }),
    poll: (operation) =>
      gate.pass("poll", async () => observe(jobs.get(textOf(operation, "id")), operation)),
    async find({ marker }) {
      return gate.pass("find", async (): Promise<FindOutcome> => {
        if (resubmit === "blind") return { kind: "undecidable", detail: "there is no list" };
        const operation = { id: marker };
        const job = jobs.get(marker);
        const isKnown = job !== undefined && nowMs() >= job.acceptedMs + job.fate.lateMs;
        return isKnown ? { kind: "found", operation } : { kind: "absent" };
      });
    },
    callback: async ({ body }) => ({
      trust: "unsigned",
      operation: { id: Buffer.from(body).toString() },
      observation: null,
      reply: null,
    }),
    cancel: () => gate.pass("cancel", async () => "canceled" as const),
    open: (ref) =>
      gate.pass("open", async () => {
        if (ref === DEAD) throw new UpstreamFailure(GONE);
        return { body: bytes(ref === JUNK ? NO_PICTURE : PIXEL), sizeBytes: null };
      }),
  });
  return {
    providers: [makeProvider("client-id"), makeProvider("idempotency-key"), makeProvider("blind")],
    purchases,
    decide: (prompt, fate) => fates.set(prompt, fate),
    jobOf: (prompt) => [...jobs].find(([, job]) => job.prompt === prompt)?.[0] ?? null,
  };
}

const TRAITS: ProviderTraits = {
  completion: ["poll", "callback"],
  resubmit: "blind",
  cancel: "any",
  volatile: false,
  pollMs: { min: 1_000, start: 1_000, max: 10_000 },
  graceMs: 120_000,
  softLimitMs: 600_000,
  resultTtlMs: null,
};

function observe(job: Job | undefined, operation: Json): Observation {
  if (job === undefined) return { kind: "lost" };
  job.polls += 1;
  if (job.polls <= job.fate.polls) {
    return { kind: "pending", phase: "running", progress: 10 * job.polls, pollAfterMs: 1_000 };
  }
  if (job.fate.end === "failed") return { kind: "failed", error: upstreamError({ billed: "yes" }) };
  const bad = job.polls === job.fate.polls + 1 ? DEAD : JUNK;
  const refs = job.fate.end === "partial" ? [operation, bad] : [operation];
  const artifacts = refs.map(
    (ref) => ({ source: { kind: "upstream", ref }, media: "image" }) as const,
  );
  const outputs = refs.map((_, file) => ({ kind: "media", file, media: "image" }) as const);
  return { kind: "completed", production: { artifacts, outputs, creations: [], meta: null } };
}

/** The second picture's first link is over; what fresh ones give is no picture. */
const [DEAD, JUNK] = ["dead", "junk"];
const NO_PICTURE: Uint8Array = Buffer.from("PK\x03\x04");
const GONE = upstreamError({ code: "result_expired", retry: "same-route", billed: "yes" });

function textOf(value: Json, name: string): string {
  const member = isJsonObject(value) ? value[name] : null;
  return typeof member === "string" ? member : "";
}

async function* bytes(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content;
}
