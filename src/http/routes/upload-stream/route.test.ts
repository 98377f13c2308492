import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";
import { detailOf, formOf, smallPicture, uploadOf } from "../../../../test/support/upload.ts";

const URL_PATH = "/api/common/upload/stream";

test("POST /upload/stream takes a file with its names, wherever they stand", async (context) => {
  const rig = await startHttp(context);
  const body = await smallPicture("gif");
  const form = formOf([
    { name: "uploadPath", body: "clips" },
    { name: "file", fileName: "C:\\me\\dance.gif", body },
    { name: "fileName", body: "dance-1.gif" },
  ]);
  const data = uploadOf(await rig.call("POST", URL_PATH, form));
  assert.equal(data.file_name, "dance-1.gif");
  assert.equal(data.original_name, "dance.gif");
  assert.equal(data.upload_path, "temp/clips");
  assert.equal(data.file_size, body.length);
  const served = await rig.call("GET", new URL(String(data.file_url)).pathname, { key: null });
  assert.deepEqual(served.rawPayload, body);
});

test("POST /upload/stream answers 422 in the documented shape without a file", async (context) => {
  const rig = await startHttp(context);
  const form = formOf([
    { name: "upload_path", body: "x" },
    { name: "picture", fileName: "a.png", body: await smallPicture("png") },
  ]);
  const answer = await rig.call("POST", URL_PATH, form);
  assert.equal(answer.statusCode, 422);
  assert.deepEqual(detailOf(answer), [
    { loc: ["body", "file"], msg: "field required", type: "value_error.missing" },
  ]);
});

test("POST /upload/stream refuses several files in a form", async (context) => {
  const rig = await startHttp(context);
  const body = await smallPicture("png");
  const part = (fileName: string) => ({ name: "file", fileName, body });
  const answer = await rig.call("POST", URL_PATH, formOf([part("a.png"), part("b.png")]));
  assert.equal(answer.statusCode, 400);
  assert.equal(detailOf(answer), "One file per request; the form has several parts named file");
  uploadOf(await rig.call("POST", URL_PATH, formOf([part("a.png")])));
});

test("POST /upload/stream refuses an empty file, a page and a cut form", async (context) => {
  const rig = await startHttp(context);
  const empty = formOf([{ name: "file", fileName: "a.png", body: "" }]);
  assert.equal(detailOf(await rig.call("POST", URL_PATH, empty)), "File is empty");
  const page = formOf([{ name: "file", fileName: "a.png", body: "<html>" }]);
  assert.equal(detailOf(await rig.call("POST", URL_PATH, page)), "Invalid file data");
  const whole = formOf([{ name: "file", fileName: "a.png", body: await smallPicture("png") }]);
  const cut = { ...whole, payload: whole.payload.subarray(0, whole.payload.length - 40) };
  const answer = await rig.call("POST", URL_PATH, cut);
  assert.equal(answer.statusCode, 400);
  assert.equal(detailOf(answer), "Body is not a whole multipart form");
  const headers = { "content-type": "multipart/form-data" };
  const bare = await rig.call("POST", URL_PATH, { payload: "x", headers });
  assert.equal(bare.statusCode, 400);
  assert.equal(detailOf(bare), "Content-Type names no boundary");
});

const OTHER_TYPES: readonly (readonly [string, string])[] = [
  ["application/json", "Content-Type application/json is not supported"],
  ["", "Content-Type is empty"],
];

for (const [type, wrong] of OTHER_TYPES) {
  test(`POST /upload/stream refuses the type "${type}" with 415, naming its own`, async (t) => {
    const rig = await startHttp(t);
    const wish = { payload: "{}", headers: { "content-type": type } };
    const answer = await rig.call("POST", URL_PATH, wish);
    assert.equal(answer.statusCode, 415);
    assert.equal(detailOf(answer), `${wrong}; expected multipart/form-data`);
  });
}

test("POST /upload/stream stops reading a file that is too large", async (context) => {
  const rig = await startHttp(context);
  const body = Buffer.concat([await smallPicture("png"), Buffer.alloc(33 * 1024 * 1024)]);
  const form = formOf([{ name: "file", fileName: "a.png", body }]);
  const answer = await rig.call("POST", URL_PATH, form);
  assert.equal(answer.statusCode, 413);
  assert.match(String(detailOf(answer)), /larger than/);
  assert.deepEqual(await readdir(join(rig.services.settings.dataDir, "staging")), []);
});

test("POST /upload/stream lets go of a client that goes away", async (context) => {
  const rig = await startHttp(context);
  await rig.app.listen({ host: "127.0.0.1", port: 0 });
  const address = rig.app.server.address();
  const { secret } = await rig.addKey(rig.projectId, "live");
  const form = formOf([{ name: "file", fileName: "a.png", body: Buffer.alloc(100_000) }]);
  const closed = Promise.withResolvers<void>();
  rig.app.server.once("connection", (socket) => socket.once("close", () => closed.resolve()));
  const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1");
  const head = [
    `POST ${URL_PATH} HTTP/1.1`,
    "Host: x",
    `Authorization: Bearer ${secret}`,
    `Content-Type: ${form.headers["content-type"]}`,
    `Content-Length: ${form.payload.length}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  socket.write(form.payload.subarray(0, 50_000), () => socket.destroy());
  await closed.promise;
  const staging = join(rig.services.settings.dataDir, "staging");
  const lastMs = performance.now() + 5_000;
  while ((await readdir(staging)).length > 0 && performance.now() < lastMs) {
    await new Promise((done) => setImmediate(done));
  }
  assert.deepEqual(await readdir(staging), []);
  assert.deepEqual(rig.errors, []);
});

test("no other route takes a form", async (context) => {
  const rig = await startHttp(context);
  const form = formOf([{ name: "model", body: "sora-2" }]);
  const answer = await rig.call("POST", "/api/generate/submit", form);
  assert.equal(answer.statusCode, 415);
});
