import type { FindOutcome, Observation, SubmitOutcome } from "../../core/outcome.ts";
import { PLAIN_JOBS } from "../../core/traits.ts";
import type { Json } from "../../lib/json.ts";
import { mediaProduction } from "../carry.ts";
import { ask, bearer, type Dialect, observed, submitted } from "../dialect.ts";
import { accepted, jobError, pending } from "../job.ts";
import type {
  CallbackReading,
  CallbackRequest,
  FindQuery,
  Provider,
  ProviderContext,
} from "../provider.ts";
import { jsonOf, textAt } from "../reading.ts";
import { prepareFilm } from "./prepare.ts";
import { type FilmState, readJobs, readPrepared, readStatus, readWords } from "./wire.ts";

const POLL_AFTER_MS = 5_000;

/** Kling's film API. Jobs carry our reference: a lost answer is looked up, never guessed. */
export const kling: Provider = {
  name: "kling",
  traits: {
    ...PLAIN_JOBS,
    completion: ["poll", "callback"],
    resubmit: "client-id",
    pollMs: { min: 2_000, start: POLL_AFTER_MS, max: 15_000 },
    graceMs: 120_000,
    softLimitMs: 3_600_000,
    resultTtlMs: 30 * 86_400_000,
  },
  models: {
    "kling-3.0/standard": "kling-3.0@720p",
    "kling-3.0/pro": "kling-3.0@1080p",
    "kling-2.6": "kling-2.6",
  },
  prepare: prepareFilm,
  submit,
  poll,
  find,
  callback,
};

const DIALECT: Dialect = {
  headers: bearer,
  readWords,
  statusOf: readStatus,
  meanings: [
    [/^1301:/, "policy-input"],
    [/^1303:/, "busy"],
  ],
};

/** The words of a failed job come without a code. */
const FILM: Dialect = {
  ...DIALECT,
  meanings: [[/risk|sensitive|policy|moderat/i, "policy-output"]],
};

async function submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome> {
  const { path, body } = readPrepared(prepared);
  return submitted(await ask(context, DIALECT, { url: path, json: body }), (json) =>
    accepted(textAt(json, "data", "id"), POLL_AFTER_MS),
  );
}

async function poll(operation: Json, context: ProviderContext): Promise<Observation> {
  const id = textAt(operation, "id") ?? "";
  const url = `tasks?task_ids=${encodeURIComponent(id)}`;
  return observed(await ask(context, DIALECT, { url }), (json) => {
    const jobs = readJobs(json);
    const film = jobs?.find((job) => job.id === id);
    if (jobs === null) return null;
    return film === undefined ? { kind: "lost" } : filmSeen(film, context);
  });
}

function filmSeen(film: FilmState, context: ProviderContext): Observation {
  switch (film.status) {
    case "submitted":
      return pending("queued", POLL_AFTER_MS);
    case "processing":
      return pending("running", POLL_AFTER_MS);
    // The older API spells it without its end.
    case "succeed":
    case "succeeded": {
      const sources = film.url === null ? [] : [{ kind: "url", url: film.url } as const];
      const production = { ...mediaProduction("video", sources, film.meta), ...film.cost };
      return { kind: "completed", production };
    }
    case "failed": {
      const error = jobError({ code: "", message: film.message }, FILM, context);
      return { kind: "failed", error };
    }
    default:
      return { ...pending("running", POLL_AFTER_MS), unknownStatus: film.status };
  }
}

async function find({ marker }: FindQuery, context: ProviderContext): Promise<FindOutcome> {
  const url = `tasks?external_task_ids=${encodeURIComponent(marker)}`;
  const { response, json, error } = await ask(context, DIALECT, { url });
  const listed = error === null ? readJobs(json ?? null) : null;
  const jobs = listed?.filter(({ reference }) => reference === null || reference === marker);
  if (jobs === undefined) return { kind: "undecidable", detail: `status ${response.status}` };
  const [first, ...more] = jobs;
  if (first === undefined) return { kind: "absent" };
  if (more.length === 0) return { kind: "found", operation: { id: first.id } };
  return { kind: "undecidable", detail: `${jobs.length} jobs carry the reference` };
}

/** Unsigned, so a hint: it may tell the id of a job whose submit was not answered. */
async function callback({ body }: CallbackRequest): Promise<CallbackReading> {
  const json = jsonOf(body);
  const id = textAt(json, "data", "id") ?? textAt(json, "id") ?? textAt(json, "task_id");
  return {
    trust: "unsigned",
    operation: id === null ? null : { id },
    observation: null,
    reply: null,
  };
}
