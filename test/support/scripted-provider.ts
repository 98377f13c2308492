import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  Production,
  SubmitOutcome,
  UpstreamError,
} from "../../src/core/outcome.ts";
import type { ProviderTraits } from "../../src/core/traits.ts";
import { assert } from "../../src/lib/assert.ts";
import type {
  Preparation,
  Provider,
  ProviderContext,
  ProviderRequest,
} from "../../src/providers/provider.ts";

/** What an upstream does, call by call; an `Error` is thrown. The script must not run out. */
export interface Script {
  readonly traits?: Partial<ProviderTraits>;
  readonly prepare?: Preparation;
  readonly submits?: readonly (SubmitOutcome | Error)[];
  readonly polls?: readonly (Observation | Error)[];
  readonly finds?: readonly FindOutcome[];
  readonly cancels?: readonly CancelOutcome[];
}

/** A provider that follows a script and remembers what it was asked. */
export interface ScriptedProvider extends Provider {
  readonly calls: string[];
  readonly requests: ProviderRequest[];
  readonly contexts: ProviderContext[];
}

/** Makes an upstream of the given name that serves every model of `models`. */
export function scriptedProvider(
  name: string,
  models: readonly string[],
  script: Script,
): ScriptedProvider {
  const calls: string[] = [];
  const requests: ProviderRequest[] = [];
  const contexts: ProviderContext[] = [];
  const submits = [...(script.submits ?? [])];
  const polls = [...(script.polls ?? [])];
  const finds = [...(script.finds ?? [])];
  const cancels = [...(script.cancels ?? [])];
  return {
    name,
    calls,
    requests,
    contexts,
    models: Object.fromEntries(models.map((id) => [id, `${name}-${id}`])),
    traits: { ...TRAITS, ...script.traits },
    prepare(request) {
      requests.push(request);
      return script.prepare ?? { kind: "ready", prepared: { prompt: "x" }, notes: [] };
    },
    async submit(_prepared, context) {
      calls.push("submit");
      contexts.push(context);
      return play(submits, "submit");
    },
    async poll(operation) {
      calls.push(`poll ${JSON.stringify(operation)}`);
      return play(polls, "poll");
    },
    async find({ marker }) {
      calls.push(`find ${marker}`);
      return play(finds, "find");
    },
    async cancel(operation) {
      calls.push(`cancel ${JSON.stringify(operation)}`);
      return play(cancels, "cancel");
    },
  };
}

const TRAITS: ProviderTraits = {
  completion: ["poll"],
  resubmit: "blind",
  cancel: "any",
  volatile: false,
  pollMs: { min: 1_000, start: 2_000, max: 10_000 },
  graceMs: 120_000,
  softLimitMs: 600_000,
  resultTtlMs: null,
};

function play<T>(steps: (T | Error)[], what: string): T {
  const step = steps.shift();
  assert(step !== undefined, `The script has no further ${what}`);
  if (step instanceof Error) throw step;
  return step;
}

/** An upstream's refusal with the given particulars. */
export function upstreamError(change: Partial<UpstreamError> = {}): UpstreamError {
  return {
    code: "generation_failed",
    message: "It failed",
    retry: "never",
    retryAfterMs: null,
    billed: "no",
    ...change,
  };
}

/** A production of pictures that lie in the staging folder under these names. */
export function pictures(...names: readonly string[]): Production {
  return {
    artifacts: names.map((name) => ({ source: { kind: "staged", name }, media: "image" })),
    outputs: names.map((_, file) => ({ kind: "media", file, media: "image" })),
    creations: [],
    meta: null,
  };
}
