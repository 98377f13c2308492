import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { signUp } from "./sign-up.ts";
import { accessFaults, CHROMIUM_PART, settled, type Visit, visitConsole } from "./visitor.ts";

test("every dialog lets everybody in, and gives the focus back", CHROMIUM_PART, async (context) => {
  const visit = await visitConsole(context);
  const { page } = visit;
  const pages = await signUp(visit);
  const task = String((await send(visit, "/api/generate/submit", fox("red"))).task_id);
  await send(visit, "/api/keys", { name: "ci", mode: "test" });
  await until(visit, 1);
  const dialogs: readonly (readonly [path: string, opener: string, named?: string])[] = [
    ["playground", "Choose a model: gpt-4o-image"],
    ["keys", "Create key"],
    ["webhooks", "Send test"],
    ["webhooks", "Send missed again"],
    ["webhooks", "Rotate", "Rotate"],
    ["providers", "Add provider key"],
    ["settings", "Invite"],
    ["settings", "Remove"],
    ["settings", "New project"],
  ];
  for (const [path, opener] of dialogs) {
    await context.test(`${path}: ${opener}`, async () => {
      await page.goto(pages + path);
      await settled(page);
      const button = page.getByRole("button", { name: opener, exact: true }).first();
      await button.click();
      await looked(page);
      assert.ok(await button.evaluate((element) => element === document.activeElement));
    });
  }
  for (const path of [`tasks?task=${task}`, `gallery?task=${task}`, "models?model=z-image"]) {
    await context.test(`${path.replace(/task-.*/, "…")} opens over its page`, async () => {
      await page.goto(pages + path);
      await page.getByRole("dialog").locator("h3, .zoom-pane img").first().waitFor();
      await looked(page);
    });
  }
  await context.test("actions of a row ask before they end something", async () => {
    await page.goto(`${pages}keys`);
    for (const action of ["Rotate", "Revoke"]) {
      await page.getByRole("button", { name: "Actions: ci" }).click();
      assert.deepEqual(await accessFaults(page), [], "the menu");
      await page.getByRole("menuitem", { name: action }).click();
      await looked(page);
    }
    await page.goto(`${pages}tasks/${task}`);
    await page.getByRole("button", { name: "Keep longer" }).click();
    await page.getByRole("menuitem", { name: "Delete files now" }).click();
    await looked(page);
    await page.getByRole("button", { name: "Keep longer" }).click();
    await page.getByRole("menuitem", { name: "Delete files now" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Delete/ })
      .click();
    await page.getByText("the record stays").waitFor();
    assert.deepEqual(await accessFaults(page), [], "what is gone");
  });
  await context.test("a model that nothing serves says so, and runs offline", async () => {
    await send(visit, "/api/provider-keys", { provider: "fal", key: "fal-key-0123456789" });
    await page.goto(`${pages}playground?model=z-image`);
    const notice = page.getByText("No provider serves this model now");
    await notice.waitFor();
    await page.getByRole("button", { name: "Run it offline, free" }).click();
    await notice.waitFor({ state: "detached" });
    assert.ok(await page.getByRole("radio", { name: "Offline, free" }).isChecked());
  });
  await context.test("an ended session asks in place, and the run goes on", async () => {
    await page.getByLabel("Prompt", { exact: true }).fill("A red barn");
    await page.context().clearCookies();
    await page.locator("[data-run]").click();
    const password = page.getByRole("dialog").getByLabel("Password");
    await password.fill("not the password");
    await password.press("Enter");
    await page.getByText("This is not the password of your account").waitFor();
    await password.fill("correct horse battery");
    await password.press("Enter");
    await page.locator(".media-picture img").waitFor({ timeout: 60_000 });
    assert.equal(await page.getByLabel("Prompt", { exact: true }).inputValue(), "A red barn");
  });
  await context.test("a further project is one's own, and begins without credits", async () => {
    await page.getByRole("button", { name: "Switch project: Default" }).click();
    await page.getByRole("menuitem", { name: "New project" }).click();
    const make = page.getByRole("button", { name: "Make a project" });
    await make.click();
    await page.getByText("Must be a text of 1 to 100 characters").waitFor();
    const name = page.getByLabel("Name of the project");
    assert.ok(
      await name.evaluate((element) => element === document.activeElement),
      "what is wrong has the focus",
    );
    await name.fill("Second");
    await make.click();
    await page.getByRole("button", { name: "Switch project: Second" }).waitFor();
    assert.ok(!page.url().startsWith(pages), "it is another one");
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    const names = await links.allTextContents();
    assert.ok(names.includes("Settings") && !names.includes("Providers"), `${names}`);
    await page.getByTitle("Balance").getByText("0", { exact: true }).waitFor();
  });
  assert.deepEqual(await visit.complaints(), []);
});

/** Judges the dialog that is open, and closes it. */
async function looked(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.deepEqual(await accessFaults(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

function fox(colour: string): object {
  return { model: "z-image", input: { prompt: `A ${colour} fox`, size: "1:1" } };
}

async function send(
  { gateway }: Visit,
  path: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, path);
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

/** Waits until so many tasks have ended. */
async function until({ gateway }: Visit, count: number): Promise<void> {
  const headers = { authorization: `Bearer ${gateway.key}` };
  for (let seen = 0; seen < count; ) {
    const answer = await fetch(`${gateway.url}/api/events?wait=25`, { headers });
    const { data } = (await answer.json()) as { data: { events: unknown[] } };
    seen = data.events.length;
  }
}
