import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../test/support/http.ts";
import type { RateStore } from "../store/rate-store.ts";
import { buildApp } from "./app.ts";
import { createSharedBuckets, type SharedBuckets } from "./shared-buckets.ts";

const RATE = { perMinute: 60, burst: 20 };

/** Nodes on one store, by a clock that the test moves; counts how often the store is asked. */
async function setUp(t: { after(end: () => Promise<void>): void }) {
  const { store, clock } = await startHttp(t);
  const asked: number[] = [];
  const counting: RateStore = {
    take(wish) {
      asked.push(wish.want);
      return store.rates.take(wish);
    },
  };
  const place = { store: counting, clock, prefix: "submit:" };
  const node = (): SharedBuckets => createSharedBuckets(RATE, place);
  return { clock, asked, nodes: [node(), node(), node()] };
}

async function given(nodes: readonly SharedBuckets[], count: number): Promise<number> {
  const wishes = Array.from({ length: count }, (_, at) => nodes[at % nodes.length]?.take("key_1"));
  const taken = await Promise.all(wishes);
  return taken.filter((one) => one?.isTaken).length;
}

test("take() gives the nodes together what one key may have, and no more", async (t) => {
  const { clock, asked, nodes } = await setUp(t);
  assert.equal(await given(nodes, 100), 20);
  const before = asked.length;
  assert.equal(await given(nodes, 100), 0);
  assert.ok(asked.length <= before + nodes.length, "a refused key does not ask the database");
  await clock.advance(10_000);
  assert.equal(await given(nodes, 100), 10);
});

test("take() refuses with the time until the next request is given", async (t) => {
  const { clock, nodes } = await setUp(t);
  await given(nodes, 20);
  const [first] = nodes;
  const refused = await first?.take("key_1");
  assert.deepEqual(refused, { isTaken: false, remaining: 0, resetS: 1 });
  assert.equal((await first?.take("key_2"))?.isTaken, true, "others are not touched");
  await clock.advance(1_000);
  assert.equal((await first?.take("key_1"))?.isTaken, true);
});

test("take() loses nothing of a steady rate, at one node or at three", async (t) => {
  const { clock, nodes } = await setUp(t);
  for (let second = 0; second < 120; second += 1) {
    const node = nodes[second < 60 ? 0 : second % 3];
    assert.equal((await node?.take("key_1"))?.isTaken, true, `second ${second}`);
    await clock.advance(1_000);
  }
});

test("take() asks for more at a time the busier a key is", async (t) => {
  const { asked, nodes } = await setUp(t);
  const [first] = nodes;
  const left: (number | undefined)[] = [];
  for (let at = 0; at < 20; at += 1) left.push((await first?.take("key_1"))?.remaining);
  assert.deepEqual(
    left,
    [...left.keys()].map((at) => 19 - at),
  );
  assert.deepEqual(asked, [1, 2, 4, 5, 5, 5]);
});

test("two gateways on one database count the requests of a key together", async (t) => {
  const rig = await startHttp(t, { limits: { openTasksMax: 100, spendPerDayMax: 1e9 } });
  const { services, projectId } = rig;
  const shared = { ...services, system: { ...services.system, database: "postgres" as const } };
  const apps = [buildApp(shared), buildApp(shared)];
  t.after(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });
  const { secret } = await rig.addKey(projectId, "test");
  const capped = await rig.addKey(projectId, "test", { requestsPerMinute: 3 });
  const ask = async (at: number, key: string, url: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    return (await apps[at % 2]?.inject({ url, headers }))?.statusCode ?? 0;
  };
  const count = async (key: string, tries: number): Promise<number> => {
    const answers: number[] = [];
    for (let at = 0; at < tries; at += 1) answers.push(await ask(at, key, "/api/tasks"));
    return answers.filter((status) => status === 200).length;
  };
  assert.equal(await count(secret, 70), 60);
  assert.equal(await count(capped.secret, 6), 3);
});
