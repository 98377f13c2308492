import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { makeHandClock } from "../../test/support/hand-clock.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { systemRandom } from "../lib/random.ts";
import { openSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { createPeople } from "./people.ts";

test("signIn() opens the library again after it could not be opened", async (t) => {
  const dataDir = scratchFolder("people");
  const store = await openSqliteStore({ dataDir, onFatal: assert.fail });
  t.after(() => store.close());
  const troubles = [new Error("EMFILE: too many open files")];
  const people = createPeople({
    ...{ store: store.people, clock: makeHandClock(), random: systemRandom },
    ...{ log: { warn: () => assert.fail() }, secret: randomBytes(32), signup: "invite", grant: 0 },
    publicUrl: () => {
      const trouble = troubles.shift();
      if (trouble !== undefined) throw trouble;
      return "http://127.0.0.1:8787";
    },
  });
  const wish = { email: "fox@example.com", password: "a long password" };
  const signIn = () => people.signIn(wish, { address: "127.0.0.1", agent: "test" });
  await assert.rejects(signIn(), /EMFILE/);
  await assert.rejects(signIn(), { code: "unauthorized" });
});
