import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorOf, servedFile, startHttp } from "../../../../test/support/http.ts";

const rig = await startHttp({ after });
const { path, row } = await servedFile(rig);

test("files finds nothing under a name with one wrong sign", async () => {
  const start = path.indexOf("-") + 1;
  for (let index = start; index < path.length - 4; index += 1) {
    const wrong = path.charAt(index) === "A" ? "B" : "A";
    const name = path.slice(0, index) + wrong + path.slice(index + 1);
    const answer = await rig.call("GET", name);
    assert.equal(answer.statusCode, 404, name);
    assert.equal(errorOf(answer).message, "File not found");
  }
});

const NAMES = [
  row.id,
  `${row.id}.png`,
  `${row.id}-.png`,
  "..%2f..%2fvidgo.db",
  "%2e%2e%2fvidgo.db",
  "..;%2fvidgo.db",
  "%c0%ae%c0%ae%2fetc%2fpasswd",
  "%00",
  "C:%5cvidgo.db",
  "CON",
  "%2fetc%2fpasswd",
  "x".repeat(300),
];

for (const name of NAMES) {
  test(`files finds nothing under ${name.slice(0, 40)}`, async () => {
    const answer = await rig.call("GET", `/files/${name}`);
    assert.ok([400, 404].includes(answer.statusCode), String(answer.statusCode));
    errorOf(answer);
    assert.equal(answer.headers["content-disposition"], undefined);
  });
}

test("files finds nothing beside its folder", async () => {
  for (const url of ["/files", "/files/", "/files/../vidgo.db", `/files//${row.id}`]) {
    assert.equal((await rig.call("GET", url)).statusCode, 404, url);
  }
});

test("files keeps no header of a file on an error", async () => {
  const answer = await rig.call("GET", `${path}x`);
  assert.equal(answer.statusCode, 404);
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal(answer.headers.etag, undefined);
});
