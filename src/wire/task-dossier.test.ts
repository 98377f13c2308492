import assert from "node:assert/strict";
import { test } from "node:test";
import { SAMPLE_MS, sampleTask, sampleUrl } from "../../test/support/wire-samples.ts";
import { dossierData } from "./task-dossier.ts";

const VIEW = {
  ...{ kind: "video", isOperator: false, nowMs: SAMPLE_MS, fileUrl: sampleUrl },
  pictures: () => ({ small: null, large: null, peaks: null }),
};
const NOTHING = {
  ...{ keyName: null, wipedAtMs: null, isStarred: false },
  ...{ files: [], attempts: [], deliveries: [], ledger: [], creations: [] },
};

test("dossierData() shows which model stands in for the one that was named", () => {
  const own = { provider: "xai", account: "one", onAmbiguous: "fail" } as const;
  const routes = [
    { ...own, upstreamModel: "sora-2" },
    { ...own, upstreamModel: "grok-imagine-video", substitute: true as const },
  ];
  const shown = [0, 1].map((routeIndex) => {
    const task = sampleTask({ routes, routeIndex });
    return dossierData({ ...NOTHING, task }, VIEW).substitute;
  });
  assert.deepEqual(shown, [null, "xai/grok-imagine-video"]);
});
