import assert from "node:assert/strict";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";
import { smallPicture, uploadOf } from "../../../../test/support/upload.ts";

const URL_PATH = "/api/common/upload/base64";

test("POST /upload/base64 answers the documented envelope, serves bytes", async (context) => {
  const rig = await startHttp(context);
  const bytes = await smallPicture("png");
  const data = uploadOf(
    await rig.call("POST", URL_PATH, {
      json: {
        base64_data: `data:image/png;base64,${bytes.toString("base64")}`,
        upload_path: "images/summer",
        file_name: "fox.png",
      },
    }),
  );
  const url = String(data.file_url);
  assert.match(String(data.file_id), /^[0-9a-f]{32}$/);
  assert.deepEqual(data, {
    file_id: data.file_id,
    file_name: "fox.png",
    original_name: "fox.png",
    file_size: bytes.length,
    mime_type: "image/png",
    upload_path: "temp/images/summer",
    file_url: url,
    download_url: url,
    upload_time: "2026-11-20T10:30:00.000000",
    expires_at: "2026-11-23T10:30:00.000000",
  });
  const served = await rig.call("GET", new URL(url).pathname, { key: null });
  assert.equal(served.headers["content-type"], "image/png");
  assert.deepEqual(served.rawPayload, bytes);
});

for (const format of ["jpeg", "png", "gif", "webp"] as const) {
  test(`POST /upload/base64 takes bare base64 of a ${format} and names it`, async (context) => {
    const rig = await startHttp(context);
    const bytes = await smallPicture(format);
    const json = { base64_data: bytes.toString("base64") };
    const data = uploadOf(await rig.call("POST", URL_PATH, { json }));
    assert.equal(data.mime_type, `image/${format}`);
    assert.match(String(data.file_name), /^20261120103000_[0-9a-z]{8}\.(jpg|png|gif|webp)$/);
    assert.match(String(data.upload_path), /^temp\/\w/);
  });
}

test("POST /upload/base64 judges by the bytes, not by what is claimed", async (context) => {
  const rig = await startHttp(context);
  const bytes = await smallPicture("webp");
  const json = { base64_data: `data:image/jpeg;base64,${bytes.toString("base64")}` };
  const data = uploadOf(await rig.call("POST", URL_PATH, { json }));
  assert.equal(data.mime_type, "image/webp");
});

test("an upload's link ends after 72 hours with 410", async (context) => {
  const rig = await startHttp(context);
  const json = { base64_data: (await smallPicture("png")).toString("base64") };
  const { file_url: url } = uploadOf(await rig.call("POST", URL_PATH, { json }));
  const path = new URL(String(url)).pathname;
  await rig.clock.advance(72 * 3_600_000 - 1);
  assert.equal((await rig.call("GET", path)).statusCode, 200);
  await rig.clock.advance(1);
  assert.equal((await rig.call("GET", path)).statusCode, 410);
});

test("no name of a client leaves temp/ or says where anything lies", async (context) => {
  const rig = await startHttp(context);
  const json = {
    base64_data: (await smallPicture("png")).toString("base64"),
    uploadPath: "../../etc/./temp/\u0000a\\..\\b",
    fileName: "..\\..\\<script>\u202egnp.exe\r\nX: y",
  };
  const refused = await rig.call("POST", URL_PATH, { json });
  assert.equal(refused.statusCode, 400, "a NUL is refused with the body");
  const plain = { ...json, uploadPath: "../../etc/./temp/a\\..\\b" };
  const data = uploadOf(await rig.call("POST", URL_PATH, { json: plain }));
  assert.equal(data.upload_path, "temp/etc/a/b");
  assert.match(String(data.file_name), /^[\p{L}\p{N} ._-]+$/u);
  assert.match(new URL(String(data.file_url)).pathname, /^\/files\/file_[0-9a-z]+-[\w-]+\.png$/);
});

test("films and sounds are taken when the setting allows it", async (context) => {
  const rig = await startHttp(context, {}, { mediaToo: true });
  const wav = Buffer.concat([wavHead(8_000), Buffer.alloc(8_000)]);
  const json = { base64_data: `data:audio/wav;base64,${wav.toString("base64")}` };
  const data = uploadOf(await rig.call("POST", URL_PATH, { json }));
  assert.equal(data.mime_type, "audio/wav");
  assert.equal(data.upload_path, "temp/audios");
});

/** The head of a WAV of 8-bit mono at 8 kHz. */
function wavHead(dataBytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(dataBytes, 40);
  return head;
}
