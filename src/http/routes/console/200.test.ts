import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { startHttp } from "../../../../test/support/http.ts";
import { scratchFolder } from "../../../../test/support/scratch-folder.ts";

const PAGE = `<!doctype html><html lang="en"><head></head><body></body></html>`;
const SCRIPT = "console.log(1);";

function build(): string {
  const folder = scratchFolder("console");
  mkdirSync(join(folder, "assets"));
  mkdirSync(join(folder, ".vite"));
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  writeFileSync(join(folder, ".built"), "secret");
  writeFileSync(join(folder, ".vite", "manifest.json"), "{}");
  writeFileSync(join(folder, "assets", "index-4f2a.js"), SCRIPT);
  writeFileSync(join(folder, "assets", "index-4f2a.js.br"), brotliCompressSync(SCRIPT));
  return folder;
}

const WAYS = [
  "/",
  "/setup",
  "/setup/abc",
  "/sign-in",
  "/invite/abc",
  "/p/proj_1/tasks",
  "/t/task-1",
];

test("every address of the console is its one page, strict and never kept", async (t) => {
  const rig = await startHttp(t, { consoleDir: build() });
  for (const url of WAYS) {
    const answer = await rig.call("GET", url, { key: null });
    assert.deepEqual([answer.statusCode, answer.body], [200, PAGE], url);
    const policy = String(answer.headers["content-security-policy"]);
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'"]) {
      assert.ok(policy.split("; ").includes(rule), policy);
    }
    assert.doesNotMatch(policy, /unsafe|data:|blob:|\*/);
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
    assert.equal(answer.headers["cross-origin-opener-policy"], "same-origin");
  }
  assert.equal((await rig.call("POST", "/p/x", { key: null })).statusCode, 405);
  assert.equal((await rig.call("GET", "/nowhere", { key: null })).statusCode, 404);
});

test("the theme of the cookie stands in the page, and nothing else of it", async (t) => {
  const rig = await startHttp(t, { consoleDir: build() });
  const page = async (cookie: string) =>
    (await rig.call("GET", "/", { key: null, headers: { cookie } })).body;
  assert.match(await page("a=b; vidgo_theme=dark"), /<html data-theme="dark" lang="en">/);
  assert.match(await page("vidgo_theme=light"), /data-theme="light"/);
  assert.equal(await page(`vidgo_theme=dark"><script>`), PAGE);
  assert.equal(await page("my_vidgo_theme=dark"), PAGE);
});

test("assets are kept for ever, small where the browser can unpack them", async (t) => {
  const rig = await startHttp(t, { consoleDir: build() });
  const url = "/assets/index-4f2a.js";
  const plain = await rig.call("GET", url, { key: null });
  assert.equal(plain.body, SCRIPT);
  assert.equal(plain.headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal(plain.headers["content-type"], "text/javascript; charset=utf-8");
  const headers = { "accept-encoding": "gzip, br" };
  const packed = await rig.call("GET", url, { key: null, headers });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(brotliDecompressSync(packed.rawPayload).toString(), SCRIPT);
  const icon = await rig.call("GET", "/icon.svg", { key: null });
  assert.equal(icon.headers["content-type"], "image/svg+xml");
});

const OUTSIDE = [
  "/assets/../index.html",
  "/assets/..%2findex.html",
  "/assets/%2e%2e/.built",
  "/assets/none.js",
  "/assets/.hidden.js",
  "/assets/index-4f2a.js.br",
  "/assets/a/b.js",
  "/.built",
  "/.vite/manifest.json",
];

test("nothing but what was built for the browser is served", async (t) => {
  const rig = await startHttp(t, { consoleDir: build() });
  for (const url of OUTSIDE) {
    assert.equal((await rig.call("GET", url, { key: null })).statusCode, 404, url);
  }
  assert.deepEqual(rig.errors, []);
});

test("without a build the page says how to make one", async (t) => {
  const rig = await startHttp(t);
  const answer = await rig.call("GET", "/", { key: null });
  assert.equal(answer.statusCode, 200);
  assert.match(answer.body, /npm run console/);
});
