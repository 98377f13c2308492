import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Output } from "../../core/outcome.ts";
import type { PruneWish } from "../upkeep-store.ts";
import { type Fixture, makeTry, type OpenStore, setUp } from "./fixture.ts";

/** What is kept how long, and what of it goes. */
export function describeRetention(name: string, open: OpenStore): void {
  describe(`${name}: retention`, () => {
    test("prune() wipes the input of what ended, and of nothing else", async (t) => {
      const f = await setUp(t, open);
      const ended = await end(f);
      const running = await f.accept();
      await f.store.upkeep.prune(wish(f, { inputsBeforeMs: f.nowMs - 1 }));
      assert.deepEqual(await inputOf(f, ended), { prompt: "a fox", n: 1 }, "its time has not come");
      await f.store.upkeep.prune(wish(f, { inputsBeforeMs: f.nowMs }));
      assert.deepEqual(await inputOf(f, ended), {});
      assert.deepEqual(await inputOf(f, running.id), { prompt: "a fox", n: 1 });
      const [attempt] = await f.store.tasks.attempts(f.projectId, ended);
      assert.equal(attempt?.prepared, null);
      assert.deepEqual(attempt?.operation, { id: "job" }, "what was bought stays on record");
      assert.equal(await f.count("task WHERE wiped_at IS NOT NULL"), 1);
    });

    test("prune() takes the prompt from a track that repeats it", async (t) => {
      const f = await setUp(t, open);
      const { claim } = await f.begin();
      const track: Output = {
        kind: "track",
        ...{ audioId: "audio", audio: 0, image: null, title: "A" },
        ...{ tags: "folk", durationS: 60, prompt: "a secret" },
      };
      await f.store.tasks.settle(f.finish(claim, { outputs: [track] }));
      await f.store.upkeep.prune(wish(f, { inputsBeforeMs: f.nowMs }));
      const view = await f.store.tasks.find(f.projectId, claim.task.id);
      assert.deepEqual(view?.task.outputs, [{ ...track, prompt: "" }]);
    });

    test("prune() forgets the idempotency keys of what ended, and then they are new", async (t) => {
      const f = await setUp(t, open);
      const idempotency = { key: "once", fingerprint: "a" };
      const submit = async (): Promise<string> =>
        (await f.store.tasks.accept(f.submission({}, { idempotency }))).kind;
      assert.equal(await submit(), "accepted");
      await f.store.upkeep.prune(wish(f, { keysBeforeMs: f.nowMs }));
      assert.equal(await submit(), "replayed", "the task is under way: another would be a second");
      await f.store.tasks.settle(f.fail(await f.claimOne()));
      await f.store.upkeep.prune(wish(f, { keysBeforeMs: f.nowMs - 1 }));
      assert.equal(await submit(), "replayed");
      await f.store.upkeep.prune(wish(f, { keysBeforeMs: f.nowMs }));
      assert.equal(await submit(), "accepted");
    });

    test("prune() forgets sessions that have ended, and old uses of keys", async (t) => {
      const f = await setUp(t, open);
      await addSessions(f);
      const hour = Math.floor(f.nowMs / 3_600_000);
      for (const ago of [37, 36]) await f.store.keys.touch("key_1", f.nowMs - ago * 3_600_000);
      await f.store.upkeep.prune(wish(f, {}));
      const sessions = await f.store.people.sessions("person_1", 0);
      assert.deepEqual(
        sessions.map(({ id }) => id),
        ["lasting"],
      );
      const query = { projectId: f.projectId, fromHour: 0, nowMs: f.nowMs };
      const { uses } = await f.store.keys.activity(query);
      assert.deepEqual(uses, [{ keyId: "key_1", hour: hour - 36, uses: 1 }]);
    });

    test("prune() removes deliveries that are over with their tries, none waiting", async (t) => {
      const f = await setUp(t, open);
      await end(f, "https://a.example.com/hook");
      const [due] = await f.store.deliveries.claimDue({ nowMs: f.nowMs, leaseMs: 1, limit: 1 });
      assert.ok(due);
      assert.equal(await f.store.deliveries.recordTry(makeTry(f, due)), true);
      await end(f, "https://b.example.com/hook");
      const old = { deliveriesBeforeMs: f.nowMs, eventsBeforeMs: f.nowMs };
      await f.store.upkeep.prune(wish(f, old));
      assert.equal(await f.count("delivery"), 1);
      assert.equal(await f.count("delivery WHERE state = 'waiting'"), 1);
      assert.equal(await f.count("delivery_try"), 0);
      assert.equal(await f.count("event"), 1, "the event of the delivery that waits");
    });

    test("prune() keeps the place of the next event", async (t) => {
      const f = await setUp(t, open);
      await end(f);
      await f.store.upkeep.prune(wish(f, { eventsBeforeMs: f.nowMs }));
      assert.equal(await f.count("event"), 0);
      await end(f);
      const [event] = await f.store.events.after(f.projectId, 0, 10);
      assert.equal(event?.position, 2);
    });

    test("prune() goes in batches and tells whether more is waiting", async (t) => {
      const f = await setUp(t, open);
      for (let made = 0; made < 5; made += 1) await end(f);
      const batch = wish(f, { inputsBeforeMs: f.nowMs, eventsBeforeMs: f.nowMs, limit: 2 });
      const told: boolean[] = [];
      for (let round = 0; round < 3; round += 1) told.push(await f.store.upkeep.prune(batch));
      assert.deepEqual(told, [true, true, false]);
      assert.equal(await f.count("event"), 0);
      assert.equal(await f.count("task WHERE wiped_at IS NULL"), 0);
      assert.equal(await f.count("task"), 5, "the tasks themselves stay");
    });

    test("prune() takes one batch of a kind, however many projects there are", async (t) => {
      const f = await setUp(t, open);
      const projectId = f.id("proj");
      const project = { id: projectId, name: "", email: "", grant: null, nowMs: f.nowMs };
      const place = { personId: "person_1", auditId: f.id("aud"), nowMs: f.nowMs };
      await addSessions(f);
      await f.store.people.enter({ kind: "project", project, ...place });
      for (const change of [{}, { projectId, hold: 0 }, {}, { projectId, hold: 0 }]) {
        const { claim } = await f.begin(change);
        assert.equal(await f.store.tasks.settle(f.fail(claim)), true);
      }
      const batch = wish(f, { eventsBeforeMs: f.nowMs, limit: 3 });
      assert.equal(await f.store.upkeep.prune(batch), true);
      assert.equal(await f.count("event"), 1);
      assert.equal(await f.store.upkeep.prune(batch), false);
      assert.equal(await f.count("event"), 0);
    });
  });
}

/** Leads a task to its end; gives its id. */
async function end(f: Fixture, callbackUrl: string | null = null): Promise<string> {
  const { claim, attemptId } = await f.begin({ callbackUrl });
  const operation = { id: "job" };
  const attempt = { id: attemptId, state: "succeeded", operation, ended: true } as const;
  assert.equal(await f.store.tasks.settle({ ...f.finish(claim), attempt }), true);
  return claim.task.id;
}

async function inputOf(f: Fixture, taskId: string): Promise<unknown> {
  return (await f.store.tasks.find(f.projectId, taskId))?.task.input;
}

/** Nothing is old enough but what `change` says. */
function wish(f: Fixture, change: Partial<PruneWish>): PruneWish {
  const never = { inputsBeforeMs: 0, keysBeforeMs: 0, deliveriesBeforeMs: 0, eventsBeforeMs: 0 };
  return { nowMs: f.nowMs, limit: 100, ...never, ...change };
}

/** A person with a session that has ended and one that lasts, and a key. */
async function addSessions(f: Fixture): Promise<void> {
  const times = { created_at: f.nowMs, updated_at: f.nowMs };
  const person = { id: "person_1", name: "Ada", email: "ada@example.com", ...times };
  const session = (id: string, endsAtMs: number) => ({
    kind: "insert" as const,
    table: "person_session" as const,
    row: { id, person_id: "person_1", token: id, expires_at: endsAtMs, ...times },
  });
  await f.store.people.write({
    writes: [
      { kind: "insert", table: "person", row: person },
      session("ended", f.nowMs),
      session("lasting", f.nowMs + 1),
    ],
    entry: null,
  });
  await f.store.keys.create({
    ...{ id: "key_1", projectId: f.projectId, name: "", mode: "live", createdAtMs: f.nowMs },
    ...{ digest: "digest", prefix: "vg_live_abcd", last4: "wxyz" },
  });
}
