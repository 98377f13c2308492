import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { servedFile, startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });
const { path, bytes, row } = await servedFile(rig);

const RANGES: readonly (readonly [string, number, number])[] = [
  ["bytes=0-0", 0, 0],
  ["bytes=0-", 0, 999],
  ["bytes=10-19", 10, 19],
  ["bytes=990-5000", 990, 999],
  ["bytes=999-", 999, 999],
  ["bytes=-1", 999, 999],
  ["bytes=-5000", 0, 999],
  ["BYTES= 1 - 2 ", 1, 2],
];

for (const [range, start, end] of RANGES) {
  test(`files sends the part ${range}`, async () => {
    const answer = await rig.call("GET", path, { headers: { range } });
    assert.equal(answer.statusCode, 206);
    assert.equal(answer.headers["content-range"], `bytes ${start}-${end}/1000`);
    assert.equal(answer.headers["content-length"], String(end - start + 1));
    assert.deepEqual(answer.rawPayload, bytes.subarray(start, end + 1));
  });
}

test("files puts together any parts to the whole", async () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(cuts, async (inner) => {
      const edges = [0, ...inner.sort((a, b) => a - b), 1_000];
      const parts = edges.slice(1).map(async (end, index) => {
        const range = `bytes=${edges[index]}-${end - 1}`;
        return (await rig.call("GET", path, { headers: { range } })).rawPayload;
      });
      assert.deepEqual(Buffer.concat(await Promise.all(parts)), bytes);
    }),
    { numRuns: 20 },
  );
});

test("files answers HEAD for a part", async () => {
  const answer = await rig.call("HEAD", path, { headers: { range: "bytes=0-9" } });
  assert.equal(answer.statusCode, 206);
  assert.equal(answer.headers["content-length"], "10");
  assert.equal(answer.body, "");
});

test("files sends a part only when If-Range names these very bytes", async () => {
  const cases: readonly (readonly [string, number])[] = [
    [`"${row.sha256}"`, 206],
    ["Fri, 20 Nov 2026 10:30:00 GMT", 206],
    ['"other"', 200],
    [`W/"${row.sha256}"`, 200],
    ["Fri, 20 Nov 2026 10:29:59 GMT", 200],
    ["nonsense", 200],
  ];
  for (const [ifRange, status] of cases) {
    const headers = { range: "bytes=0-9", "if-range": ifRange };
    assert.equal((await rig.call("GET", path, { headers })).statusCode, status, ifRange);
  }
});
