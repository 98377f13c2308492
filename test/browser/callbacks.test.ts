import assert from "node:assert/strict";
import { test } from "node:test";
import { startReceiver } from "../support/receiver.ts";
import { signUp } from "./sign-up.ts";
import { CHROMIUM_PART, visitConsole } from "./visitor.ts";

test("a callback that was refused is sent again from the console", CHROMIUM_PART, async (t) => {
  const visit = await visitConsole(t);
  const { gateway, page } = visit;
  const receiver = await startReceiver({ answerOf: (_task, number) => (number === 1 ? 404 : 200) });
  t.after(() => receiver.close());
  const answer = await fetch(`${gateway.url}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4o-image",
      input: { prompt: "a fox" },
      callback_url: receiver.url,
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
  const pages = await signUp(visit);
  await page.goto(`${pages}webhooks`);
  const row = page.getByRole("row", { name: /Refused/ });
  await row.waitFor({ timeout: 60_000 });
  await row.getByRole("link").first().click();
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await page.getByRole("row", { name: /Delivered/ }).waitFor({ timeout: 30_000 });
  assert.deepEqual(
    receiver.received.map((entry) => entry.answer),
    [404, 200],
  );
  assert.deepEqual(await visit.complaints(), []);
});

test("another project's ids are not found on any page", CHROMIUM_PART, async (t) => {
  const visit = await visitConsole(t);
  const { gateway, page } = visit;
  const pages = await signUp(visit);
  const foreign = "task-unified-1795170600-4kx0c2m9q7w3v5t8r1y6z2a4b0";
  await page.goto(`${pages}tasks/${foreign}`);
  await page.getByText("There is no such task here").waitFor();
  await page.goto(`${gateway.url}/p/proj_00000000000000000000000000/tasks`);
  await page.getByRole("heading", { name: "There is no such page" }).first().waitFor();
});
