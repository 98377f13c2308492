import assert from "node:assert/strict";
import { test } from "node:test";
import { nameUuid } from "./name-uuid.ts";

test("nameUuid() gives each text its own UUID, always the same", () => {
  const first = nameUuid("attempt-1:audio:0");
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(nameUuid("attempt-1:audio:0"), first);
  assert.notEqual(nameUuid("attempt-1:audio:1"), first);
});
