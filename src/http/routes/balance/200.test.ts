import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, startHttp } from "../../../../test/support/http.ts";

test("balance shows owner and credits, less what is held", async (t) => {
  const rig = await startHttp(t);
  assert.deepEqual(dataOf(await rig.call("GET", "/api/user/balance")), {
    email: "owner@example.com",
    credits_amount: 100_000,
    credits: "100000",
  });
  const { id } = await rig.acceptTask();
  const held = dataOf(await rig.call("GET", "/api/user/balance"));
  assert.deepEqual([held.credits_amount, held.credits], [99_969, "99969.5"]);
  await rig.failTask(id, "generation_failed", "No luck");
  assert.equal(dataOf(await rig.call("GET", "/api/user/balance")).credits, "100000");
});

test("balance shows each project its own", async (t) => {
  const rig = await startHttp(t);
  const { secret } = await rig.addKey(rig.addProject(), "live");
  assert.deepEqual(dataOf(await rig.call("GET", "/api/user/balance", { key: secret })), {
    email: "other@example.com",
    credits_amount: 0,
    credits: "0",
  });
});
