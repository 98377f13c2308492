import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { startReceiver } from "../support/receiver.ts";
import { signUp } from "./sign-up.ts";
import { accessFaults, CHROMIUM_PART, type Visit, visitConsole } from "./visitor.ts";

test("a callback that was refused is sent again from the console", CHROMIUM_PART, async (t) => {
  const visit = await visitConsole(t);
  const { gateway, page } = visit;
  const receiver = await startReceiver({ answerOf: (_task, number) => (number === 1 ? 404 : 200) });
  t.after(() => receiver.close());
  await submit(gateway, receiver.url);
  const pages = await signUp(visit);
  await page.goto(`${pages}webhooks`);
  const row = page.getByRole("row", { name: /Refused/ });
  await row.waitFor({ timeout: 60_000 });
  await seeWhatWasSent(page, row);
  await countBeforeSending(page);
  await row.getByRole("link").first().click();
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await page.getByRole("row", { name: /Delivered/ }).waitFor({ timeout: 30_000 });
  assert.deepEqual(
    receiver.received.map((entry) => entry.answer),
    [404, 200],
  );
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByLabel("Last answer").selectOption("200");
  await page.getByRole("row", { name: /Delivered/ }).waitFor();
  await page.goto(`${pages}webhooks?code=404`);
  await page.getByText("No callback matches these filters").waitFor();
  await seeWhyNothingIsSent(t, visit);
  assert.deepEqual(await visit.complaints(), []);
});

/** A host that answers 410: why nothing is sent there, what that means, and the way back. */
async function seeWhyNothingIsSent(t: TestContext, { gateway, page }: Visit): Promise<void> {
  const receiver = await startReceiver({ answerOf: () => 410 });
  t.after(() => receiver.close());
  await submit(gateway, receiver.url);
  await page.getByLabel("Last answer").selectOption("");
  await page.getByRole("cell", { name: "410" }).waitFor({ timeout: 60_000 });
  await page.reload();
  await page.getByText("It answered 410 Gone.").waitFor();
  await page.getByText("Nothing is sent to any URL of this host").waitFor();
  assert.deepEqual(await accessFaults(page), []);
  await page.getByRole("button", { name: "Enable again" }).click();
  await page.getByText("It answered 410 Gone.").waitFor({ state: "detached" });
}

/** The panel of a callback: its name, every word of the request, nothing that runs sideways. */
async function seeWhatWasSent(page: Page, row: Locator): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await noSidewaysScroll(page);
  await row.getByRole("link").first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("heading", { name: /^Callback of task…/ }).waitFor();
  await panel.getByText("The receiver said no").waitFor();
  const sent = panel.locator(".exchange");
  await sent.first().waitFor();
  const text = (await sent.allTextContents()).join("\n");
  for (const word of ["POST ", "webhook-signature: v1,", "webhook-id: evt_", '{"task_id":"task-']) {
    assert.ok(text.includes(word), `${word} is not in ${text}`);
  }
  await noSidewaysScroll(page);
  assert.deepEqual(await accessFaults(page), []);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function noSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".table-frame, .peek, .peek *")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
      .filter((each) => getComputedStyle(each).overflowX !== "visible")
      .map((each) => each.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(wide, []);
}

async function countBeforeSending(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send missed again" }).click();
  await page.getByText("1 callback to 1 host will be sent again.").waitFor();
  await page.getByRole("button", { name: "Send 1 again" }).waitFor();
  assert.deepEqual(await accessFaults(page), []);
  await page.getByLabel("Between").fill("2099-01-01T00:00");
  await page.getByText("This must be later than the beginning").waitFor();
  await page.keyboard.press("Escape");
}

async function submit(gateway: Visit["gateway"], callback: string): Promise<void> {
  const answer = await fetch(`${gateway.url}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4o-image",
      input: { prompt: "a fox" },
      callback_url: callback,
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

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
