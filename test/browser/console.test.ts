import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { lookAtGallery } from "./gallery.ts";
import { accessFaults, CHROMIUM_PART, settled, type Visit, visitConsole } from "./visitor.ts";

const PERSON = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  password: "correct horse battery",
};
const INERT = `<img src=x onerror="window.broken=1">'"><script>window.broken=1</script>{{7*7}}`;

test(
  "the console takes somebody from the first start to a song",
  CHROMIUM_PART,
  async (context) => {
    const visit = await visitConsole(context);
    const { page, gateway } = visit;
    const at = await setUp(context, visit);
    const key = await createKey(context, page, `${at}keys`);
    assert.equal(await statusWith(gateway.url, key), 200, "the key that the console showed works");
    await makeThings(context, page, `${at}playground`);
    await lookAtGallery(context, visit, { at, key });
    await lookEverywhere(context, visit, key);
    await context.test("a revoked key is refused within a second", async () => {
      await page.goto(`${at}keys`);
      await page.getByRole("button", { name: "Actions: render-prod" }).click();
      const entry = page.getByRole("menuitem", { name: "Revoke" });
      assert.ok(await isInSight(entry), "the frame of a short table cuts the menu");
      await entry.click();
      await page.getByLabel("Type render-prod").fill("render-prod");
      await page.getByRole("button", { name: "Revoke key" }).click();
      await page.getByText("render-prod is refused everywhere").waitFor();
      assert.equal(await statusWith(gateway.url, key), 401);
    });
    assert.deepEqual(await visit.complaints(), []);
  },
);

/** Follows the setup link; gives the address of the project's pages. */
async function setUp(context: TestContext, { page, gateway, setupLink }: Visit): Promise<string> {
  await context.test("the setup link makes the first account, once", async () => {
    const link = setupLink();
    await page.goto(link);
    const create = page.getByRole("button", { name: "Create owner account" });
    await create.click();
    await page.getByText("Give a name").waitFor();
    assert.deepEqual(await accessFaults(page), []);
    await page.getByLabel("Name").fill(PERSON.name);
    await page.getByLabel("E-mail").fill(PERSON.email);
    await page.getByLabel("Password", { exact: true }).fill(PERSON.password);
    await create.click();
    await page.waitForURL(/\/p\/proj_/);
    await page.goto(link);
    await page.getByText("This link cannot be used any more").waitFor();
    await page.goto(`${gateway.url}/setup/cut`);
    await page.getByText("There is no such link").waitFor();
  });
  await page.goto(gateway.url);
  await page.waitForURL(/\/p\/proj_/);
  return page.url().replace(/(\/p\/[^/]+\/).*$/, "$1");
}

async function createKey(context: TestContext, page: Page, address: string): Promise<string> {
  let key = "";
  await context.test("a key is shown once, and not put away before it is safe", async () => {
    await page.goto(address);
    await page.getByRole("button", { name: "Create key" }).first().click();
    const dialog = page.getByRole("dialog");
    await page.keyboard.type("render-prod");
    const name = await dialog.getByLabel("Name").inputValue();
    assert.equal(name, "render-prod", "the first field has the focus");
    await dialog.getByLabel("Spend per day").fill("600");
    assert.deepEqual(await accessFaults(page), []);
    await dialog.getByRole("button", { name: "Create key" }).click();
    key = (await page.locator("[data-secret]").textContent()) ?? "";
    assert.match(key, /^vg_live_/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("[data-secret]").count(), 1, "it is not put away unsaved");
    assert.deepEqual(await accessFaults(page), []);
    await dialog.getByLabel("I have stored it").check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("cell", { name: "render-prod", exact: true }).waitFor();
    assert.equal(await page.getByText(key).count(), 0, "it is not shown again");
  });
  return key;
}

async function makeThings(context: TestContext, page: Page, address: string): Promise<void> {
  const open = async (model: string): Promise<void> => {
    await page.goto(`${address}?model=${encodeURIComponent(model)}`);
    await page.getByRole("button", { name: `Choose a model: ${model}` }).waitFor();
  };
  const run = (): Promise<void> => page.locator("[data-run]").click();
  await context.test("a picture is made, with its price told before the press", async () => {
    await open("gpt-4o-image");
    await run();
    await page.getByText("This is needed").first().waitFor();
    assert.deepEqual(await accessFaults(page), []);
    await page.getByLabel("Prompt", { exact: true }).fill("A red fox in the snow");
    await page.getByText("Run · 4 credits").waitFor();
    const code = (await page.locator(".code pre").textContent()) ?? "";
    assert.ok(code.includes('"prompt": "A red fox in the snow"'), "the code is the form");
    await run();
    const picture = page.locator(".media-picture img");
    await picture.waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>(".media-picture img");
      return image !== null && image.naturalWidth > 100;
    });
    assert.deepEqual(await accessFaults(page), []);
  });
  await context.test("JSON and form are one input, both ways", async () => {
    await page.getByRole("tab", { name: "JSON" }).click();
    const text = page.getByLabel("Input as JSON");
    assert.deepEqual(JSON.parse(await text.inputValue()), { prompt: "A red fox in the snow" });
    await text.fill('{"prompt": "A blue fox", "size": "3:2", "tomorrow": [1]}');
    await text.press("End");
    await page.getByRole("tab", { name: "Form" }).click();
    assert.equal(await page.getByLabel("Prompt", { exact: true }).inputValue(), "A blue fox");
    assert.ok(await page.getByRole("radio", { name: "3:2" }).isChecked());
    assert.match((await page.locator(".code pre").textContent()) ?? "", /"tomorrow": \[/);
    await page.getByRole("button", { name: "Reset" }).click();
  });
  await context.test("a film is made, for nothing where it runs offline", async () => {
    await open("kling-3.0/standard");
    await page.getByText("Offline, free").click();
    await page.getByLabel("Prompt", { exact: true }).fill("Waves roll onto a beach at dusk");
    const seconds = page.getByRole("textbox", { name: "Duration" });
    await seconds.fill("3");
    await seconds.press("Enter");
    await page.getByText("Free: runs offline").waitFor();
    await run();
    await page.locator("video").waitFor({ timeout: 90_000 });
    await page.getByText("Live", { exact: true }).first().click();
  });
  await context.test("a song is made of lyrics", async () => {
    await open("generate-music");
    await page.getByText("Custom", { exact: true }).click();
    await page.getByRole("button", { name: "Insert a section" }).click();
    await page.getByRole("menuitem", { name: "[Verse]" }).click();
    await page.getByLabel("Lyrics", { exact: true }).fill("[Verse]\nOpen the windows");
    await page.getByLabel("Style", { exact: true }).fill("Folk");
    await page.getByLabel("Title", { exact: true }).fill("Windows");
    await run();
    await page
      .getByRole("slider", { name: /Windows/ })
      .first()
      .waitFor({ timeout: 90_000 });
    assert.deepEqual(await accessFaults(page), []);
  });
  await context.test("its words follow the playback, a press on a line goes there", async () => {
    await page.getByRole("button", { name: "Time the lyrics 1" }).click();
    await page.getByRole("button", { name: "Choose a model: get-timestamped-lyrics" }).waitFor();
    await run();
    const line = page.getByRole("button", { name: /Open the windows/ });
    await line.click({ timeout: 60_000 });
    assert.equal(await line.getAttribute("aria-current"), "true");
    assert.deepEqual(await accessFaults(page), []);
  });
}

/** Visits every page of the rail and of a task that holds what would break a careless page. */
async function lookEverywhere(context: TestContext, visit: Visit, key: string): Promise<void> {
  const { page, gateway } = visit;
  const taskId = await submit(gateway.url, key);
  await nameKey(gateway, INERT.slice(0, 100));
  const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
  const pages = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const project = /^\/p\/[^/]+\//.exec(new URL(page.url()).pathname)?.[0] ?? "";
  const paths = [...new Set([...pages, `${project}tasks/${taskId}`])].filter((path) => path);
  assert.ok(paths.length > 4, `only ${paths.join(", ")}`);
  for (const path of paths) {
    await context.test(
      `${path?.replace(project, "")} lets everybody in and nothing run`,
      async () => {
        await page.goto(`${gateway.url}${path}`);
        await settled(page);
        assert.deepEqual(await accessFaults(page), []);
        const broken = await page.evaluate(() => "broken" in window);
        assert.ok(!broken, "text of strangers ran as a script");
        assert.equal(await page.locator('img[src="x"]').count(), 0);
      },
    );
  }
  await context.test("palette and help open by keys and close by Escape", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("keys");
    assert.deepEqual(await accessFaults(page), []);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/keys$/);
    await page.getByRole("button", { name: "Create key" }).click();
    await page.keyboard.press("Control+k");
    assert.equal(await page.getByRole("dialog").count(), 1, "nothing opens over a dialog");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const opener = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(opener, "Create key", "the focus comes back to where it was");
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    assert.deepEqual(await accessFaults(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  });
  await context.test("a phone shows the pages without sideways scroll", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of paths) {
      await page.goto(`${gateway.url}${path}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${path} is ${width} wide`);
    }
    assert.deepEqual(await accessFaults(page), []);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
}

/** Whether a press on the middle of it would meet it, without any scroll. */
function isInSight(subject: Locator): Promise<boolean> {
  return subject.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const met = document.elementFromPoint(left + width / 2, top + height / 2);
    return met !== null && element.contains(met);
  });
}

async function submit(url: string, key: string): Promise<string> {
  const answer = await fetch(`${url}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt-4o-image", input: { prompt: INERT } }),
  });
  const { data } = (await answer.json()) as { data: { task_id: string } };
  return data.task_id;
}

async function nameKey({ url, key }: Visit["gateway"], name: string): Promise<void> {
  const answer = await fetch(`${url}/api/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ name, mode: "test" }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function statusWith(url: string, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/api/user/balance`, { headers })).status;
}
