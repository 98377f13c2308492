import assert from "node:assert/strict";
import { test } from "node:test";
import { checkInputUrls } from "./input-urls.ts";

const judge = (url: string, loopback: boolean): string | null =>
  url.includes("10.0.0.1") || (url.includes("127.0.0.1") && !loopback)
    ? "must lead to a public address"
    : null;

test("checkInputUrls() names the member whose address is not public, however deep", () => {
  const refused: readonly (readonly [object, string])[] = [
    [{ image_urls: ["https://a.example/1.png", "http://10.0.0.1/2.png"] }, "image_urls[1]"],
    [{ video_url: "http://10.0.0.1/" }, "video_url"],
    [
      { kling_elements: [{ name: "a", element_input_urls: ["http://10.0.0.1/"] }] },
      "kling_elements[0].element_input_urls[0]",
    ],
  ];
  for (const [input, field] of refused) {
    assert.throws(() => checkInputUrls(judge, { input: { ...input }, loopback: false }), {
      message: `${field} must lead to a public address`,
      status: 400,
    });
  }
});

test("checkInputUrls() lets this machine in only when the submit came from it", () => {
  const input = { image_urls: ["http://127.0.0.1:9000/a.png"] };
  checkInputUrls(judge, { input, loopback: true });
  assert.throws(() => checkInputUrls(judge, { input, loopback: false }), { status: 400 });
});

test("checkInputUrls() reads no address out of other members", () => {
  checkInputUrls(judge, { input: { prompt: "http://10.0.0.1/", size: "1:1" }, loopback: false });
});
