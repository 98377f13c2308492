import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareMapped } from "./mapped.ts";

const INSIDE = "http://192.168.1.2/a.png";
const OPEN = "https://media.example.com/b.png";

/** What is said about an input whose first picture is named and whose second is sent. */
function said(images: readonly string[], isOwn?: true): string | null {
  const input = { first: "{image_urls.0}", second: "{image_urls.1|file}" };
  const mapping = { input, output: "url", ignore: [] };
  const route = { provider: "fal", model: "m", upstreamModel: "u", mapping, recorded: null };
  const request = {
    ...{ taskId: "t", marker: "a", model: "m", upstreamModel: "u", mode: "live" as const },
    ...{ input: { image_urls: images }, callbackUrl: null, sources: [] },
  };
  const options = { routes: [route], media: {}, ...(isOwn ? { isOwn } : {}) };
  const preparation = prepareMapped("fal", request, options);
  return preparation.kind === "refused" ? preparation.error.message : null;
}

test("prepareMapped() names no file to a service that cannot fetch it", () => {
  assert.equal(said([OPEN, INSIDE]), null);
  const words = "image_urls[0] must lead to a public address for this provider, which fetches it";
  assert.equal(said([INSIDE, OPEN]), words);
});

test("prepareMapped() names no file at all to a server of one's own", () => {
  assert.match(said([OPEN, INSIDE], true) ?? "", /^image_urls\[0\] is named by its URL .* \|file/);
});
