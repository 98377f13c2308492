import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, startHttp } from "../../../../test/support/http.ts";
import { createMarks } from "../../../lib/mark.ts";

test("a forged name and one of nothing get the same answer", async (t) => {
  const rig = await startHttp(t);
  const ours = createMarks(Buffer.alloc(32, 3)).mark("att_1");
  const forged = createMarks(Buffer.alloc(32, 4)).mark("att_1");
  for (const name of [ours, forged, "att_1", "%00", `${ours}x`]) {
    const answer = await rig.call("POST", `/callbacks/${name}`, { key: null, json: { id: "7" } });
    assert.equal(answer.statusCode, 404, name);
    assert.equal(errorOf(answer).message, "No such callback");
  }
});
