import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeForm } from "./form-body.ts";

test("encodeForm() writes what another reader reads back", async () => {
  const form = new FormData();
  form.set("prompt", "ein Füchslein\r\n--x");
  form.append(
    "image",
    new File([new Uint8Array([0, 255, 13, 10])], 'a"b.png', { type: "image/png" }),
  );
  form.append("image", new File(["second"], "b.png"));
  const { bytes, contentType } = await encodeForm(form);
  const read = await new Response(bytes.slice(), {
    headers: { "content-type": contentType },
  }).formData();
  assert.equal(read.get("prompt"), "ein Füchslein\r\n--x");
  const [first, second] = read.getAll("image");
  assert.ok(first instanceof File && second instanceof File);
  assert.deepEqual([...new Uint8Array(await first.arrayBuffer())], [0, 255, 13, 10]);
  assert.equal(first.type, "image/png");
  assert.equal(await second.text(), "second");
});
