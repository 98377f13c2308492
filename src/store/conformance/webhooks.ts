import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DueDelivery } from "../../core/delivery.ts";
import type { DeliveryFilter } from "../door-store.ts";
import type { TryRecord } from "../store.ts";
import { type Fixture, makeTry, type OpenStore, setUp } from "./fixture.ts";

const HOUR_MS = 3_600_000;

/** What the settings of callbacks, endpoints and redelivery promise. */
export function describeWebhooks(name: string, open: OpenStore): void {
  describe(`${name}: webhooks`, () => {
    test("settings() are flat and unturned until they are changed", async (t) => {
      const f = await setUp(t, open);
      const first = { body: "flat", retry4xx: false, secret: { turn: 0, turnedAtMs: null } };
      assert.deepEqual(await f.store.webhooks.settings(f.projectId), first);
      assert.equal(await f.store.webhooks.settings("none"), null);
      const changed = await f.store.webhooks.change({ ...actor(f), retry4xx: true });
      assert.deepEqual(changed, { ...first, retry4xx: true });
      await f.store.webhooks.change({ ...actor(f), body: "wrapped" });
      const turned = await f.store.webhooks.rotate(actor(f));
      assert.deepEqual(turned, {
        body: "wrapped",
        retry4xx: true,
        secret: { turn: 1, turnedAtMs: f.nowMs },
      });
      assert.deepEqual(await f.store.webhooks.settings(f.projectId), turned);
      assert.equal(await f.store.webhooks.rotate({ ...actor(f), projectId: "none" }), null);
    });

    test("a delivery keeps the form of its body and carries the secret's turn", async (t) => {
      const f = await setUp(t, open);
      await endAt(f, "https://a.example/1");
      await f.store.webhooks.change({ ...actor(f), body: "wrapped" });
      await f.store.webhooks.rotate(actor(f));
      await endAt(f, "https://a.example/2");
      const due = await claim(f);
      assert.deepEqual(due.map(({ wrapped }) => wrapped).sort(), [false, true]);
      assert.deepEqual(due[0]?.secret, { turn: 1, turnedAtMs: f.nowMs });
    });

    test("list() shows deliveries with their tries, newest first, by state and task", async (t) => {
      const f = await setUp(t, open);
      const first = await endAt(f, "https://a.example/1");
      const [due] = await claim(f);
      assert.ok(due);
      const record = makeTry(f, due);
      await f.store.deliveries.recordTry(record);
      const second = await endAt(f, "https://a.example/2");
      const { list } = f.store.deliveries;
      const query = { projectId: f.projectId, limit: 10 };
      const all = await list(query);
      assert.deepEqual(all.map(({ taskId }) => taskId).sort(), [first, second].sort());
      const [done] = await list({ ...query, states: ["delivered"] });
      assert.deepEqual([done?.id, done?.tries], [due.id, [record.try]]);
      assert.deepEqual(await list({ ...query, taskId: first }), [done]);
      assert.deepEqual(await list({ ...query, taskId: first, states: ["waiting"] }), []);
      assert.deepEqual(await list({ ...query, projectId: "other", taskId: first }), []);
      const [newest] = await list({ ...query, limit: 1 });
      assert.ok(newest);
      const rest = await list({ ...query, before: newest });
      assert.deepEqual([newest, ...rest], all);
    });

    test("list() and counts() narrow by host, last answer and time", async (t) => {
      const f = await setUp(t, open);
      for (const url of ["https://a.example/1", "https://b.example:8443/", "https://a.example/2"]) {
        await endAt(f, url);
      }
      const due = await claim(f);
      const of = (url: string) => due.find((each) => each.url === url);
      const [one, two] = [of("https://a.example/1"), of("https://b.example:8443/")];
      assert.ok(one && two);
      const gave = (each: DueDelivery, status: number | null, number = 1) =>
        makeTry(f, each, {
          ...{ state: "waiting", dueAtMs: f.nowMs, endpoint: "failing" },
          try: { ...makeTry(f, each).try, id: f.id("try"), number, status },
        });
      await f.store.deliveries.recordTry(gave(one, 404));
      const again = (await claim(f)).find(({ id }) => id === one.id);
      assert.ok(again);
      await f.store.deliveries.recordTry(gave(again, 503, 2));
      await f.store.deliveries.recordTry(gave(two, null));
      const { list, counts } = f.store.deliveries;
      const cases: readonly (readonly [Partial<DeliveryFilter>, number])[] = [
        [{}, 3],
        [{ host: "a.example" }, 2],
        [{ host: "b.example:8443" }, 1],
        [{ host: "b.example" }, 0],
        [{ code: { kind: "none" } }, 1],
        [{ code: { kind: "status", from: 500, to: 599 } }, 1],
        [{ code: { kind: "status", from: 404, to: 404 } }, 0],
        [{ fromMs: f.nowMs, toMs: f.nowMs + 1 }, 3],
        [{ fromMs: f.nowMs + 1 }, 0],
        [{ toMs: f.nowMs }, 0],
        [{ states: ["refused", "waiting"], host: "a.example" }, 2],
        [{ states: ["refused"] }, 0],
        [{ projectId: "other" }, 0],
      ];
      for (const [filter, expected] of cases) {
        const query = { projectId: f.projectId, ...filter };
        assert.equal((await list({ ...query, limit: 9 })).length, expected, JSON.stringify(filter));
        const sum = (await counts(query)).reduce((total, { count }) => total + count, 0);
        assert.equal(sum, expected, JSON.stringify(filter));
      }
      const alike = await counts({ projectId: f.projectId, host: "a.example" });
      assert.deepEqual(
        alike.toSorted((a, b) => Number(a.hasTries) - Number(b.hasTries)),
        [
          { state: "waiting", host: "a.example", status: null, hasTries: false, count: 1 },
          { state: "waiting", host: "a.example", status: 503, hasTries: true, count: 1 },
        ],
      );
    });

    test("find() gives what each try sent, to its project alone", async (t) => {
      const f = await setUp(t, open);
      await endAt(f, "https://a.example/");
      const [due] = await claim(f);
      assert.ok(due);
      const headers = { "webhook-id": due.eventId, "webhook-signature": "v1,x" };
      await f.store.deliveries.recordTry(makeTry(f, due, { headers }));
      const found = await f.store.deliveries.find(f.projectId, due.id);
      assert.deepEqual([found?.body, found?.wrapped], [due.body, false]);
      assert.deepEqual(found?.headers, new Map([[1, headers]]));
      const [listed] = await f.store.deliveries.list({ projectId: f.projectId, limit: 1 });
      assert.deepEqual(found?.tries, listed?.tries);
      assert.equal(await f.store.deliveries.find("other", due.id), null);
      assert.equal(await f.store.deliveries.find(f.projectId, "dlv_none"), null);
    });

    test("redeliver() begins the schedule anew, for one's own only", async (t) => {
      const f = await setUp(t, open);
      await endAt(f, "https://a.example/");
      const id = await end(f, { state: "refused", endpoint: "failing" });
      const { deliveries } = f.store;
      assert.equal(await deliveries.redeliver("other", id, f.nowMs), false);
      assert.equal(await deliveries.redeliver(f.projectId, "none", f.nowMs), false);
      assert.deepEqual(await claim(f), []);
      assert.equal(await deliveries.redeliver(f.projectId, id, f.nowMs), true);
      const [again] = await claim(f);
      assert.deepEqual([again?.id, again?.tries, again?.roundFrom], [id, 1, 1]);
    });

    test("redeliverWindow() takes what ended so within the span, up to the limit", async (t) => {
      const f = await setUp(t, open);
      for (const path of ["1", "2", "3"]) {
        await endAt(f, `https://a.example/${path}`);
        await end(f, { state: "refused", endpoint: "failing" });
      }
      await endAt(f, "https://a.example/4");
      await end(f, { state: "delivered" });
      const span = { fromMs: f.nowMs, toMs: f.nowMs + 1 };
      const wish = { ...actor(f), ...span, states: ["refused", "exhausted"], limit: 2 } as const;
      const { redeliverWindow } = f.store.deliveries;
      assert.equal(await redeliverWindow({ ...wish, fromMs: f.nowMs + 1 }), 0);
      assert.equal(await redeliverWindow({ ...wish, auditId: f.id("aud"), toMs: f.nowMs }), 0);
      const elsewhere = { ...wish, auditId: f.id("aud"), host: "b.example" };
      assert.equal(await redeliverWindow(elsewhere), 0);
      const here = { ...wish, host: "a.example" };
      assert.equal(await redeliverWindow({ ...here, auditId: f.id("aud") }), 2);
      assert.equal(await redeliverWindow({ ...wish, auditId: f.id("aud") }), 1);
      assert.equal((await claim(f)).length, 3);
    });

    test("an endpoint that only fails for five days is disabled, not before", async (t) => {
      const f = await setUp(t, open);
      for (const path of ["1", "2", "3", "4"]) await endAt(f, `https://a.example/${path}`);
      await endAt(f, "https://b.example/");
      const due = await claim(f);
      const [one, two, three, late] = due.filter(({ url }) => url.includes("a.example"));
      assert.ok(one && two && three && late);
      await f.store.deliveries.recordTry(failing(f, one, 0));
      await f.store.deliveries.recordTry(failing(f, two, 120 * HOUR_MS - 1));
      assert.equal((await endpoints(f))[0]?.disabledAtMs, null);
      await f.store.deliveries.recordTry(failing(f, three, 120 * HOUR_MS));
      const [disabled] = await endpoints(f);
      assert.deepEqual([disabled?.host, disabled?.reason], ["a.example", "failing"]);
      const good = await f.store.deliveries.recordTry(makeTry(f, late));
      assert.equal(good, false, "its fence has passed on");
      await endAt(f, "https://a.example/5");
      const query = { projectId: f.projectId, limit: 9 };
      const stopped = await f.store.deliveries.list({ ...query, states: ["refused"] });
      assert.equal(stopped.length, 5);
      assert.ok(stopped.every(({ reason }) => reason === "endpoint_failing"));
      const waiting = await f.store.deliveries.list({ ...query, states: ["waiting"] });
      assert.deepEqual(
        waiting.map(({ url }) => url),
        ["https://b.example/"],
      );
    });

    test("one success starts the five days anew", async (t) => {
      const f = await setUp(t, open);
      for (const path of ["1", "2", "3"]) await endAt(f, `https://a.example/${path}`);
      const [one, two, three] = await claim(f);
      assert.ok(one && two && three);
      await f.store.deliveries.recordTry(failing(f, one, 0));
      await f.store.deliveries.recordTry(makeTry(f, two));
      assert.deepEqual(await endpoints(f), []);
      await f.store.deliveries.recordTry(failing(f, three, 121 * HOUR_MS));
      assert.equal((await endpoints(f))[0]?.disabledAtMs, null);
    });

    test("an endpoint that is gone stops at once and can be enabled again", async (t) => {
      const f = await setUp(t, open);
      for (const path of ["1", "2"]) await endAt(f, `https://a.example:8443/${path}`);
      const [one] = await claim(f);
      assert.ok(one);
      await f.store.deliveries.recordTry(makeTry(f, one, { state: "refused", endpoint: "gone" }));
      const [gone] = await endpoints(f);
      assert.deepEqual([gone?.host, gone?.reason], ["a.example:8443", "gone"]);
      assert.deepEqual(await claim(f, 9 * HOUR_MS), []);
      const wish = { ...actor(f), host: "a.example:8443" };
      assert.equal(await f.store.webhooks.enable({ ...wish, projectId: "other" }), false);
      assert.equal(await f.store.webhooks.enable(wish), true);
      assert.equal(await f.store.webhooks.enable({ ...wish, auditId: f.id("aud") }), false);
      await endAt(f, "https://a.example:8443/3");
      assert.equal((await claim(f)).length, 1);
    });
  });
}

function actor(f: Fixture) {
  return { projectId: f.projectId, auditId: f.id("aud"), actor: "key_1", nowMs: f.nowMs };
}

async function endAt(f: Fixture, callbackUrl: string): Promise<string> {
  const made = f.submission({ callbackUrl });
  await f.store.tasks.accept(made);
  assert.equal(await f.store.tasks.settle(f.fail(await f.claimOne())), true);
  return made.task.id;
}

/** Ends the one delivery that is due; gives its id. */
async function end(f: Fixture, change: Partial<TryRecord>): Promise<string> {
  const [due] = await claim(f);
  assert.ok(due);
  assert.equal(await f.store.deliveries.recordTry(makeTry(f, due, change)), true);
  return due.id;
}

function failing(f: Fixture, due: DueDelivery, afterMs: number): TryRecord {
  const change = { state: "waiting", dueAtMs: f.nowMs, endpoint: "failing" } as const;
  const record = makeTry(f, due, change);
  const startedAtMs = f.nowMs + afterMs;
  return { ...record, try: { ...record.try, startedAtMs }, dueAtMs: startedAtMs + 12 };
}

function endpoints(f: Fixture) {
  return f.store.webhooks.endpoints(f.projectId);
}

/** What is due by the caller's clock at that time; a real server goes by its own. */
async function claim(f: Fixture, afterMs = 0): Promise<readonly DueDelivery[]> {
  const nowMs = f.nowMs + afterMs;
  return f.store.deliveries.claimDue({ nowMs, leaseMs: 60_000, limit: 10 });
}
