import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "./redact.ts";

test("redact() takes out secrets, queries of links and media, whatever they are called", () => {
  const shown = redact({
    prompt: "a fox with a token",
    apiKey: "sk-1",
    access_token: "t",
    headers: [{ Authorization: "Bearer x" }],
    file: "data:image/png;base64,AAAA",
    link: "https://user:pw@up.example/a/b.png?sig=1#x",
    max_tokens: 5,
  });
  assert.deepEqual(shown, {
    prompt: "a fox with a token",
    apiKey: "[redacted]",
    access_token: "[redacted]",
    headers: [{ Authorization: "[redacted]" }],
    file: "[image/png, 26 characters]",
    link: "https://up.example/a/b.png?[redacted]",
    max_tokens: 5,
  });
});

test("redact() bounds texts, lists, depth and the whole", () => {
  const long = redact({ text: "x".repeat(1_500), list: Array.from({ length: 60 }, () => 0) });
  assert.ok(JSON.stringify(long).includes("[500 more characters]"));
  assert.ok(JSON.stringify(long).includes("[10 more]"));
  let deep = redact(null);
  for (let depth = 0; depth < 20; depth += 1) deep = { deep };
  assert.ok(JSON.stringify(redact(deep)).includes("[deeper]"));
  const wide = Array.from({ length: 50 }, () => ({ a: "y".repeat(900) }));
  assert.equal(redact(wide), null, "larger than 32 kB even so");
  assert.equal(redact(null), null);
});
