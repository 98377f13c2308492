import assert from "node:assert/strict";
import { test } from "node:test";
import type { FakeAnswer, FakeUpstream } from "../../test/support/fakes/fake-upstream.ts";
import {
  openProviderRig,
  type ProviderRig,
  type RigOptions,
} from "../../test/support/provider-rig.ts";
import {
  type FindOutcome,
  filesOf,
  type Observation,
  type Production,
  type SubmitOutcome,
} from "../core/outcome.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { SNIFF_BYTES, sniffMedia } from "../lib/media-type.ts";

/** A provider under test, in front of a faithful fake of its upstream. */
export interface ProviderSubject extends RigOptions {
  /** Checked inputs that it must take, by what is special about them. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** Answers to the submit of the first sample, and what has to be read in them. */
  readonly refusals?: readonly Refusal[];
}

/** An upstream's own way to say no. */
export interface Refusal {
  readonly name: string;
  readonly status: number;
  readonly body: Json;
  /** Members of the error. */
  readonly expected: JsonObject;
}

/** One request. */
export interface Sample {
  readonly model: string;
  readonly input: JsonObject;
}

/** What every provider must do. Call it in the provider's own test file. */
export function testProvider(subject: ProviderSubject): void {
  const it = (promise: string, run: (scene: Scene) => Promise<void>): void => {
    for (const [name, sample] of Object.entries(subject.samples)) {
      test(`${subject.provider.name}, ${name}: ${promise}`, async () => {
        await using rig = await openProviderRig(subject);
        await run({ rig, sample, fake: rig.fake, secrets: Object.values(subject.secret) });
      });
    }
  };
  testPreparing(it);
  testSubmitting(it);
  testAnswers(it);
  if (subject.provider.poll !== undefined) testPolling(it);
  // Only a reference of ours proves absence; a list that is searched may be too short for it.
  if (subject.provider.traits.resubmit === "client-id") testFinding(it);
  if (subject.provider.find !== undefined) testLooking(it);
  if (subject.provider.cancel !== undefined) testCanceling(it);
  testRefusals(subject);
  testWaiting(subject);
}

interface Scene {
  readonly rig: ProviderRig;
  readonly sample: Sample;
  readonly fake: FakeUpstream;
  readonly secrets: readonly string[];
}

type It = (promise: string, run: (scene: Scene) => Promise<void>) => void;

function testPreparing(it: It): void {
  it("prepare() is pure, and gives what can be stored", async ({ rig, sample, fake }) => {
    const input = deepFreeze(structuredClone(sample.input));
    const first = rig.ready(sample.model, input);
    const second = rig.ready(sample.model, input);
    assert.deepEqual(second, first);
    assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
    assert.equal(fake.seen.length, 0);
  });
}

function testSubmitting(it: It): void {
  it("submit() buys once, and the result can be opened", async ({ rig, sample, fake, secrets }) => {
    const production = await rig.run(rig.ready(sample.model, sample.input));
    assert.equal(fake.taken, 1);
    assertOpenable(production);
    for (const artifact of production.artifacts) {
      const bytes = await rig.read(artifact);
      assert.equal(sniffMedia(bytes.subarray(0, SNIFF_BYTES))?.kind, artifact.media);
    }
    assertKeyless(production, secrets);
  });

  it("submit() to nobody is a refusal: nothing was sent", async ({ rig, sample }) => {
    const outcome = await rig.submit(rig.ready(sample.model, sample.input), rig.unreachable);
    assert.equal(outcome.kind, "rejected");
    assert.equal(errorOf(outcome).billed, "no");
  });

  it("submit() cut off before its answer is unknown, never repeated", async (scene) => {
    const { rig, sample, fake } = scene;
    fake.spoil("submit", { kind: "drop-after" });
    const outcome = await rig.submit(rig.ready(sample.model, sample.input));
    assert.equal(outcome.kind, "unknown");
    assert.equal(fake.taken, 1);
  });
}

const REFUSALS: readonly (readonly [number, Partial<ReturnType<typeof errorOf>>])[] = [
  [400, { billed: "no" }],
  [401, { code: "auth", retry: "other-route" }],
  [402, { code: "quota_exhausted", retry: "other-route" }],
  [403, { retry: "other-route" }],
  [404, { billed: "no" }],
  [422, { billed: "no" }],
  [429, { code: "rate_limited", retry: "same-route", retryAfterMs: null }],
];

const SILENT_STATUSES = [408, 409, 500, 502, 503, 504] as const;

/** What nobody's protocol has: neither a refusal nor a result, nor the end of a job. */
const ODD_ANSWERS: Readonly<Record<string, FakeAnswer>> = {
  redirect: { status: 302, headers: { location: "/elsewhere" }, body: "" },
  "no body": { body: "" },
  "an error inside a success": { body: { error: { message: "It failed", code: "internal" } } },
  "a long page": { body: Buffer.alloc(5 * 1024 * 1024, "<p>Sorry</p>") },
};

function testAnswers(it: It): void {
  it("submit() reads a refusal as one, without the key", async (scene) => {
    const { rig, sample, fake, secrets } = scene;
    for (const [status, expected] of REFUSALS) {
      fake.spoil("submit", { kind: "status", status });
      const outcome = await rig.submit(rig.ready(sample.model, sample.input));
      assert.equal(outcome.kind, "rejected", `${status}: ${JSON.stringify(outcome)}`);
      const error = errorOf(outcome);
      assert.deepEqual({ ...error, ...expected }, error, String(status));
      assertKeyless(outcome, secrets);
    }
    assert.equal(fake.taken, 0);
  });

  it("submit() hands on when to come again", async ({ rig, sample, fake }) => {
    fake.spoil("submit", { kind: "status", status: 429, retryAfter: "7" });
    const outcome = await rig.submit(rig.ready(sample.model, sample.input));
    assert.equal(errorOf(outcome).retryAfterMs, 7_000);
  });

  it("submit() reads no failure of the upstream as a refusal", async (scene) => {
    const { rig, sample, fake, secrets } = scene;
    for (const status of SILENT_STATUSES) {
      fake.spoil("submit", { kind: "status", status });
      const outcome = await rig.submit(rig.ready(sample.model, sample.input));
      assert.equal(outcome.kind, "unknown", `${status}: ${JSON.stringify(outcome)}`);
      assertKeyless(outcome, secrets);
    }
  });

  it("submit() reads no garbage as a refusal or a result", async ({ rig, sample, fake }) => {
    for (const kind of ["garbage", "empty", "truncate"] as const) {
      fake.spoil("submit", { kind });
      const prepared = rig.ready(sample.model, sample.input, { marker: `attempt-${kind}` });
      const outcome = await rig.submit(prepared);
      assert.equal(outcome.kind, "unknown", `${kind}: ${JSON.stringify(outcome)}`);
    }
    for (const [what, answer] of Object.entries(ODD_ANSWERS)) {
      fake.spoil("submit", { kind: "answer", answer });
      const outcome = await rig.submit(rig.ready(sample.model, sample.input));
      assert.equal(outcome.kind, "unknown", `${what}: ${JSON.stringify(outcome)}`);
    }
    assert.equal(fake.taken, 3);
  });
}

const RESULT_POLLS_MAX = 3;

/** Polls a job that is done: where the result has an address of its own, more than once. */
async function settled({ rig }: Scene, first: Json): Promise<Observation> {
  let [operation, seen] = [first, await rig.poll(first)];
  for (let poll = 1; poll < RESULT_POLLS_MAX && seen.kind === "pending"; poll += 1) {
    operation = seen.operation ?? operation;
    seen = await rig.poll(operation);
  }
  return seen;
}

const FORGOTTEN_POLLS_MAX = 5;

function testPolling(it: It): void {
  it("poll() says that the question failed, and nothing of the job", async (scene) => {
    const { rig, fake } = scene;
    const operation = await accepted(scene);
    if (operation === null) return;
    for (const status of [401, 403, 429, 500, 503]) {
      fake.spoil("poll", { kind: "status", status });
      const seen = await rig.poll(operation);
      assert.equal(seen.kind, "unreachable", `${status}: ${JSON.stringify(seen)}`);
      assertKeyless(seen, scene.secrets);
    }
    for (const kind of ["garbage", "truncate", "drop-after"] as const) {
      fake.spoil("poll", { kind });
      assert.equal((await rig.poll(operation)).kind, "unreachable", kind);
    }
    for (const [what, answer] of Object.entries(ODD_ANSWERS)) {
      fake.spoil("poll", { kind: "answer", answer });
      const seen = await rig.poll(operation);
      assert.equal(seen.kind, "unreachable", `${what}: ${JSON.stringify(seen)}`);
    }
  });

  it("poll() keeps a task going on a status that it does not know", async (scene) => {
    const operation = await accepted(scene);
    if (operation === null) return;
    scene.fake.statusWord = "levitating";
    const seen = await scene.rig.poll(operation);
    assert.equal(seen.kind, "pending");
    assert.equal(seen.kind === "pending" ? seen.unknownStatus : "", "levitating");
    // The word goes to the log.
    for (const secret of scene.secrets) {
      scene.fake.statusWord = `levitating for ${secret}`;
      assertKeyless(await scene.rig.poll(operation), scene.secrets);
    }
  });

  it("poll() may be repeated: a finished job stays finished", async (scene) => {
    const operation = await accepted(scene);
    if (operation === null) return;
    scene.fake.pollsUntilDone = 0;
    const first = await settled(scene, operation);
    assert.equal(first.kind, "completed", JSON.stringify(first));
    assert.equal((await settled(scene, operation)).kind, "completed");
  });

  it("poll() tells a job that the upstream no longer knows", async (scene) => {
    const { rig, fake } = scene;
    let operation = await accepted(scene);
    if (operation === null) return;
    fake.forget();
    let seen: Observation = await rig.poll(operation);
    // Some upstreams say it so vaguely that it takes time to be sure.
    for (let poll = 1; poll < FORGOTTEN_POLLS_MAX && seen.kind === "pending"; poll += 1) {
      operation = seen.operation ?? operation;
      await rig.clock.advance(150_000);
      seen = await rig.poll(operation);
    }
    assert.equal(seen.kind, "lost", JSON.stringify(seen));
  });
}

function testFinding(it: It): void {
  it("find() finds the job of a submit that was not answered, and no other", async (scene) => {
    const { rig, sample, fake } = scene;
    const { provider, context, clock } = rig;
    const sentAtMs = clock.nowMs();
    const look = async (marker: string): Promise<FindOutcome | undefined> => {
      const prepared = rig.ready(sample.model, sample.input, { marker });
      return provider.find?.({ marker, prepared, sentAtMs }, context);
    };
    assert.equal((await look("attempt-one"))?.kind, "absent");
    fake.spoil("submit", { kind: "drop-after" });
    const lost = rig.ready(sample.model, sample.input, { marker: "attempt-one" });
    assert.equal((await rig.submit(lost)).kind, "unknown");
    const found = await look("attempt-one");
    assert.ok(found?.kind === "found", JSON.stringify(found));
    fake.pollsUntilDone = 0;
    assert.equal((await settled(scene, found.operation)).kind, "completed");
    assert.equal((await look("attempt-two"))?.kind, "absent");
    assert.equal(fake.taken, 1);
  });
}

function testLooking(it: It): void {
  it("find() concludes nothing from a question that failed", async ({ rig, sample, fake }) => {
    const { provider, context, clock } = rig;
    const prepared = rig.ready(sample.model, sample.input);
    for (const status of [401, 429, 500]) {
      fake.spoil("poll", { kind: "status", status });
      const query = { marker: "attempt-one", prepared, sentAtMs: clock.nowMs() };
      const outcome = await provider.find?.(query, context).catch(() => null);
      assert.ok(outcome === null || outcome?.kind === "undecidable", JSON.stringify(outcome));
    }
    for (const [what, answer] of Object.entries(ODD_ANSWERS)) {
      fake.spoil("poll", { kind: "answer", answer });
      const query = { marker: "attempt-one", prepared, sentAtMs: clock.nowMs() };
      const outcome = await provider.find?.(query, context).catch(() => null);
      const detail = `${what}: ${JSON.stringify(outcome)}`;
      assert.ok(outcome === null || outcome?.kind === "undecidable", detail);
    }
  });
}

function testRefusals(subject: ProviderSubject): void {
  const [sample] = Object.values(subject.samples);
  for (const { name, status, body, expected } of subject.refusals ?? []) {
    test(`${subject.provider.name}: submit() reads ${name}`, async () => {
      await using rig = await openProviderRig(subject);
      assert.ok(sample !== undefined);
      rig.fake.spoil("submit", { kind: "answer", answer: { status, body } });
      const outcome = await rig.submit(rig.ready(sample.model, sample.input));
      const error = outcome.kind === "rejected" ? outcome.error : null;
      assert.deepEqual({ ...error, ...expected }, error, JSON.stringify(outcome));
    });
  }
}

function testWaiting({ provider }: ProviderSubject): void {
  const { completion, resubmit, graceMs } = provider.traits;
  if (resubmit !== "blind" || !completion.includes("callback")) return;
  test(`${provider.name}: a callback has time to name the job of a lost answer`, () => {
    assert.ok(graceMs >= CALLBACK_MS, `graceMs is ${graceMs}`);
  });
}

/** In less no service has begun a job and told of it. */
const CALLBACK_MS = 30_000;

function testCanceling(it: It): void {
  it("cancel() may be repeated", async (scene) => {
    const { rig } = scene;
    const operation = await accepted(scene);
    if (operation === null) return;
    const cancel = async (): Promise<string> =>
      (await rig.provider.cancel?.(operation, rig.context)) ?? "";
    const words = ["canceled", "too-late", "unsupported"];
    assert.ok(words.includes(await cancel()));
    assert.ok(words.includes(await cancel()));
  });
}

/** The operation of a submit, or `null` when this sample is answered at once. */
async function accepted({ rig, sample, secrets }: Scene): Promise<Json> {
  const outcome = await rig.submit(rig.ready(sample.model, sample.input));
  if (outcome.kind === "completed") return null;
  assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
  assert.deepEqual(JSON.parse(JSON.stringify(outcome.operation)), outcome.operation);
  assertKeyless(outcome, secrets);
  return outcome.operation;
}

function errorOf(outcome: SubmitOutcome): Extract<SubmitOutcome, { kind: "rejected" }>["error"] {
  assert.ok(outcome.kind === "rejected" || outcome.kind === "unknown", JSON.stringify(outcome));
  return outcome.error;
}

function assertOpenable(production: Production): void {
  assert.ok(production.outputs.length > 0);
  for (const file of production.outputs.flatMap(filesOf)) {
    assert.ok(production.artifacts[file] !== undefined, `No artifact ${file}`);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(production)), production);
}

function assertKeyless(value: unknown, secrets: readonly string[]): void {
  const text = JSON.stringify(value);
  for (const secret of secrets) assert.ok(!text.includes(secret), text);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
