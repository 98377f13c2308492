import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { servedFile, startHttp } from "../../../../test/support/http.ts";
import { detailOf, smallPicture, uploadOf } from "../../../../test/support/upload.ts";

const URL_PATH = "/api/common/upload/url";

/** Serves one answer on loopback. */
async function serve(context: TestContext, status: number, bytes: Buffer): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "text/html" }).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  context.after(() => new Promise((done) => server.close(done)));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

test("POST /upload/url fetches a picture, whatever its server calls it", async (context) => {
  const rig = await startHttp(context);
  const bytes = await smallPicture("jpeg");
  const origin = await serve(context, 200, bytes);
  const json = { file_url: `${origin}/photos/fox.jpg?size=1`, upload_path: "inputs" };
  const data = uploadOf(await rig.call("POST", URL_PATH, { json }));
  assert.equal(data.original_name, "fox.jpg");
  assert.equal(data.mime_type, "image/jpeg");
  assert.equal(data.upload_path, "temp/inputs");
  const served = await rig.call("GET", new URL(String(data.download_url)).pathname, { key: null });
  assert.deepEqual(served.rawPayload, bytes);
});

test("POST /upload/url says why it failed, in public words", async (context) => {
  const rig = await startHttp(context);
  const origin = await serve(context, 404, Buffer.from("gone"));
  const answer = await rig.call("POST", URL_PATH, { json: { file_url: origin } });
  assert.equal(answer.statusCode, 400);
  assert.equal(detailOf(answer), "Failed to download file: the server answered with status 404");
});

test("POST /upload/url refuses a page", async (context) => {
  const rig = await startHttp(context);
  const origin = await serve(context, 200, Buffer.from("<html>"));
  const answer = await rig.call("POST", URL_PATH, { json: { file_url: origin } });
  assert.equal(detailOf(answer), "Invalid file data");
});

test("POST /upload/url refuses addresses that are not public", async (context) => {
  const rig = await startHttp(context, { loopbackCallbacks: false });
  const targets = [
    "http://127.0.0.1:9/x",
    "http://169.254.169.254/",
    "http://[::1]/",
    "file:///etc",
  ];
  for (const file_url of targets) {
    const answer = await rig.call("POST", URL_PATH, { json: { file_url } });
    assert.equal(answer.statusCode, 400, file_url);
    assert.match(String(detailOf(answer)), /^file_url /);
  }
});

test("POST /upload/url closes loopback to what came through a proxy", async (context) => {
  const rig = await startHttp(context);
  const origin = await serve(context, 200, await smallPicture("png"));
  const headers = { "x-forwarded-for": "203.0.113.7" };
  const answer = await rig.call("POST", URL_PATH, { json: { file_url: origin }, headers });
  assert.equal(answer.statusCode, 400);
});

test("POST /upload/url wants a file_url", async (context) => {
  const rig = await startHttp(context);
  assert.equal(detailOf(await rig.call("POST", URL_PATH, { json: {} })), "file_url is required");
});

test("POST /upload/url takes a file of our own, wherever the gateway listens", async (context) => {
  const rig = await startHttp(context, { loopbackCallbacks: false });
  const bytes = await smallPicture("png");
  const { row } = await servedFile(rig, { bytes });
  const json = { file_url: rig.services.links.url(row), file_name: "again.png" };
  const data = uploadOf(await rig.call("POST", URL_PATH, { json }));
  assert.deepEqual([data.file_name, data.file_size], ["again.png", bytes.length]);
  assert.notEqual(data.file_url, json.file_url);
});

test("POST /upload/url says that a file of our own is gone", async (context) => {
  const rig = await startHttp(context, { loopbackCallbacks: false });
  const { row } = await servedFile(rig, { bytes: await smallPicture("png") });
  const json = { file_url: rig.services.links.url(row) };
  await rig.clock.advance(25 * 3_600_000);
  const answer = await rig.call("POST", URL_PATH, { json });
  assert.equal(answer.statusCode, 400);
  assert.equal(
    detailOf(answer),
    "Failed to download file: it is gone from this gateway, its time has ended or it was deleted",
  );
});

test("POST /upload/url names a member that is no text", async (context) => {
  const rig = await startHttp(context);
  for (const [json, detail] of [
    [{ file_url: 7 }, "file_url must be a string"],
    [{ file_url: "https://a.example/x.png", upload_path: [] }, "upload_path must be a string"],
    [{ file_url: null }, "file_url is required"],
  ] as const) {
    const answer = await rig.call("POST", URL_PATH, { json });
    assert.deepEqual([answer.statusCode, detailOf(answer)], [400, detail]);
  }
});
