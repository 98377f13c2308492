import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startHttp } from "../../../../test/support/http.ts";

const FILES = [
  ["/docs", "text/html; charset=utf-8", "page.html"],
  ["/docs/page.css", "text/css; charset=utf-8", "page.css"],
  ["/docs/page.js", "text/javascript; charset=utf-8", "page.js"],
] as const;

test("GET /docs serves a page without a key that may load from here only", async (context) => {
  const rig = await startHttp(context);
  for (const [url, type, name] of FILES) {
    const answer = await rig.call("GET", url, { key: null });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["content-type"], type);
    const policy = String(answer.headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    const path = new URL(`../../../../assets/docs/${name}`, import.meta.url);
    assert.equal(answer.body, readFileSync(path, "utf8"));
  }
});

test("GET /docs names nothing on other hosts and runs nothing inline", async (context) => {
  const rig = await startHttp(context);
  for (const [url] of FILES) {
    const { body } = await rig.call("GET", url, { key: null });
    assert.doesNotMatch(body, /https?:\/\/|\/\/[a-z]+\./, url);
    assert.doesNotMatch(body, /<script(?![^>]*src=)|<style|\son[a-z]+=|innerHTML|eval\(/, url);
  }
});
