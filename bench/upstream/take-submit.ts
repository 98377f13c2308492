import { setTimeout as sleep } from "node:timers/promises";
import { fateOf, nonceOf } from "./fate.ts";
import type { DialectName, Job } from "./job-book.ts";
import type { Kind } from "./media.ts";
import type { Call, World } from "./world.ts";

/** What a dialect read from a submit. */
export interface Submission {
  readonly dialect: DialectName;
  readonly prompt: string;
  readonly model: string;
  readonly kind: Kind;
  readonly price: number;
  readonly reference: string | null;
  readonly callbackUrl: string | null;
}

/** What the dialect is to answer. */
export type Taken =
  | { readonly kind: "accepted"; readonly job: Job; readonly id: string }
  | { readonly kind: "limited"; readonly retryAfterS: number | null }
  | { readonly kind: "refused" }
  /** It was accepted, and the answer says that something went wrong. */
  | { readonly kind: "error" }
  /** The answer has been dealt with: reset, garbage or none at all. */
  | { readonly kind: "dealt-with" };

const LIMITED_TIMES = 2;

/** Accepts or refuses a submit as its fate says; accepted ones are on disk before any answer. */
export async function takeSubmit(world: World, call: Call, submission: Submission): Promise<Taken> {
  const { options } = world;
  const known = replayOf(world, call, submission);
  // A limit stands before everything else: it does not know that the same was taken before.
  const isLimited = known?.fate === "accept-then-429" && isLimitedStill(world, submission);
  if (isLimited) return { kind: "limited", retryAfterS: 1 };
  if (known !== null) return { kind: "accepted", job: known, id: known.id };
  const fate = fateOf(submission.prompt, options);
  if (options.latencyMs > 0) await sleep(options.latencyMs);
  switch (fate) {
    case "429":
    case "429-retry-after":
      if (isLimitedStill(world, submission)) {
        return { kind: "limited", retryAfterS: fate === "429" ? null : 1 };
      }
      break;
    case "refuse":
      return { kind: "refused" };
    case "accept-late":
      call.response.destroy();
      setTimeout(() => void accept(world, call, submission), options.lateMs);
      return { kind: "dealt-with" };
    default:
  }
  const job = await accept(world, call, submission);
  return answerOf(world, call, job);
}

function answerOf(world: World, call: Call, job: Job): Taken {
  switch (job.fate) {
    case "accept-then-reset":
    case "accept-then-429":
      call.response.destroy();
      return { kind: "dealt-with" };
    case "accept-then-500":
      return { kind: "error" };
    case "hang":
      // The connection stays open without an answer, until the client goes away.
      return { kind: "dealt-with" };
    case "garbage":
      call.response.writeHead(200, { "content-type": "text/html" });
      call.response.end("<html><body>502 Bad Gateway</body></html>{");
      return { kind: "dealt-with" };
    case "id-collision":
      return { kind: "accepted", job, id: world.jobs.before(job)?.id ?? job.id };
    default:
      return { kind: "accepted", job, id: job.id };
  }
}

async function accept(world: World, call: Call, submission: Submission): Promise<Job> {
  const known = replayOf(world, call, submission);
  if (known !== null) return known;
  const { prompt, price, ...rest } = submission;
  const job = world.jobs.add({
    ...rest,
    prompt,
    nonce: nonceOf(prompt),
    fate: fateOf(prompt, world.options),
    acceptedAtMs: Date.now(),
  });
  const key = call.headers["idempotency-key"];
  if (world.options.idempotency && typeof key === "string") {
    world.keys.set(`${job.dialect} ${key}`, job.id);
  }
  await world.ledger.append({
    atMs: job.acceptedAtMs,
    nonce: job.nonce,
    dialect: job.dialect,
    model: job.model,
    jobId: job.id,
    price,
    remotePort: call.remotePort,
    headers: headersOfInterest(call),
    sha256: job.sha256,
  });
  world.callbacks.plan(job);
  return job;
}

function replayOf(world: World, call: Call, { dialect }: Submission): Job | null {
  const key = call.headers["idempotency-key"];
  if (!world.options.idempotency || typeof key !== "string") return null;
  const id = world.keys.get(`${dialect} ${key}`);
  return id === undefined ? null : world.jobs.find(id);
}

function isLimitedStill(world: World, { prompt }: Submission): boolean {
  const nonce = nonceOf(prompt);
  const count = (world.limited.get(nonce) ?? 0) + 1;
  world.limited.set(nonce, count);
  return count <= LIMITED_TIMES;
}

/** What tells a buyer's requests apart; never a key that could be used. */
function headersOfInterest(call: Call): Readonly<Record<string, string>> {
  const kept = ["idempotency-key", "user-agent", "content-type", "connection", "x-fal-no-retry"];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = call.headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}
