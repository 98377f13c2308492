import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { upstreamError } from "../answer.ts";
import { bodyWithFiles } from "../body-files.ts";
import { ask, bearer, type Dialect, observed, openResult, submitted } from "../dialect.ts";
import { accepted, jobError, underWay } from "../job.ts";
import { type MappedOptions, prepareMapped, productionFrom, readMapped } from "../mapped.ts";
import type { FindQuery, Provider, ProviderContext } from "../provider.ts";
import { at, textAt } from "../reading.ts";
import { matchPredictions, readWords } from "./wire.ts";

const MIB = 1024 * 1024;
const POLL_AFTER_MS = 2_000;
const PHASES = { queued: ["starting", "queued"], running: ["processing"] };

/** Models of Replicate. What a model takes and gives is told by each route's mapping. */
export function replicateProvider(options: MappedOptions): Provider {
  return {
    name: "replicate",
    traits: {
      ...PLAIN_JOBS,
      resubmit: "reconcile",
      cancel: "any",
      pollMs: { min: 1_000, start: POLL_AFTER_MS, max: 10_000 },
      graceMs: 120_000,
      softLimitMs: 3_600_000,
      // Inputs and outputs are deleted an hour after the end.
      resultTtlMs: 3_600_000,
    },
    models: {},
    prepare: (request) => prepareMapped("replicate", request, options),
    submit,
    poll,
    find,
    cancel,
    open: (ref, context) => openResult(context, DIALECT, textAt(ref, "url") ?? ""),
  };
}

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  // Refused content is told by words alone.
  meanings: [[/nsfw|safety|sensitive content|flagged|moderat/i, "policy-output"]],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const request = readMapped(prepared);
  const input = await bodyWithFiles(request, context);
  // A version is asked for by its id, a model by its name.
  const [name = "", version] = request.model.split(":");
  const url =
    version === undefined
      ? `models/${name.split("/").map(encodeURIComponent).join("/")}/predictions`
      : "predictions";
  const json = version === undefined ? { input } : { version, input };
  return submitted(await ask(context, DIALECT, { url, json }), (answer) =>
    accepted(textAt(answer, "id"), POLL_AFTER_MS, { result: request.result }),
  );
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const reply = await ask(context, DIALECT, { url: pathOf(operation), bytesMax: 16 * MIB });
  return observed(reply, (prediction) => seen(prediction, operation, context));
}

function seen(prediction: Json, operation: Json, context: ProviderContext): Observation | null {
  const status = textAt(prediction, "status");
  switch (status) {
    case "succeeded": {
      if (at(prediction, "data_removed") === true) return { kind: "failed", error: REMOVED };
      const production = productionFrom(prediction, operation, context);
      const meta = {
        model: textAt(prediction, "model"),
        metrics: at(prediction, "metrics") ?? null,
      };
      return { kind: "completed", production: { ...production, meta } };
    }
    case "failed":
    case "canceled":
    case "aborted": {
      const message = textAt(prediction, "error") ?? "";
      return { kind: "failed", error: jobError({ code: "", message }, DIALECT, context) };
    }
    default:
      return underWay(status, PHASES, { pollAfterMs: POLL_AFTER_MS });
  }
}

const REMOVED: UpstreamError = upstreamError({
  code: "result_expired",
  message: "The provider has deleted the result",
  billed: "yes",
});

/** Looks among the newest predictions for the one that was asked for. */
async function find(query: FindQuery, context: ProviderContext): Promise<FindOutcome> {
  const { response, json, error } = await ask(context, DIALECT, {
    url: "predictions",
    bytesMax: 16 * MIB,
  });
  if (error !== null) {
    return { kind: "undecidable", detail: `The list answered ${response.status}` };
  }
  const request = readMapped(query.prepared);
  const found = matchPredictions(json, request, query.sentAtMs);
  if (found.kind !== "found") return found;
  return { kind: "found", operation: { id: found.id, result: request.result } };
}

async function cancel(operation: Json, context: ProviderContext): Promise<CancelOutcome> {
  const question = { method: "POST", url: `${pathOf(operation)}/cancel` } as const;
  const { response, json, error } = await ask(context, DIALECT, question);
  if (error !== null) return response.status === 404 ? "too-late" : "unsupported";
  const isOver = ["succeeded", "failed"].includes(textAt(json, "status") ?? "");
  return isOver ? "too-late" : "canceled";
}

function pathOf(operation: Json): string {
  return `predictions/${encodeURIComponent(textAt(operation, "id") ?? "")}`;
}
