import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";
import type { Page } from "playwright-core";
import { accessFaults, type Visit } from "./visitor.ts";

/** Looks at what was made: a picture, a film and a song at least, and two pictures made here. */
export async function lookAtGallery(
  context: TestContext,
  { page, gateway }: Visit,
  place: { readonly at: string; readonly key: string },
): Promise<void> {
  const made = await makeTwo(gateway.url, place.key);
  const pair = page.locator(`[data-tile="${made}"]`);
  await context.test("the gallery shows shapes as they are, and how many there are", async () => {
    await page.goto(`${place.at}gallery`);
    await pair.waitFor({ timeout: 60_000 });
    const shapes = await page.locator(".tile-face:has(img)").evaluateAll(async (faces) => {
      const images = faces.map((face) => face.querySelector("img"));
      await Promise.all(images.map((image) => image?.decode()));
      return faces.map((face, index) => {
        const { width, height, top } = face.getBoundingClientRect();
        const { naturalWidth = 0, naturalHeight = 1 } = images[index] ?? {};
        return { top, height, shown: width / height, true: naturalWidth / naturalHeight };
      });
    });
    assert.ok(shapes.length > 3, "pictures, a film and a cover");
    assert.ok(new Set(shapes.map((shape) => shape.true.toFixed(1))).size > 1, "of several shapes");
    for (const shape of shapes) {
      assert.ok(Math.abs(shape.shown / shape.true - 1) < 0.03, JSON.stringify(shape));
      const beside = shapes.filter(({ top }) => Math.abs(top - shape.top) < 1);
      for (const { height } of beside) assert.ok(Math.abs(height - shape.height) < 1.5);
    }
    assert.match((await pair.getAttribute("aria-label")) ?? "", /, 2 results$/);
    assert.match((await page.locator(".tile-note").first().textContent()) ?? "", /^1 day left$/);
  });
  await context.test("a star finds a result again, and models narrow the gallery", async () => {
    const all = await page.locator(".tile").count();
    await pair.focus();
    await page.keyboard.press("s");
    await page.getByRole("button", { name: "Starred" }).click();
    await tilesAre(page, 1);
    await page.reload();
    await pair.waitFor();
    await tilesAre(page, 1);
    await page.getByRole("button", { name: "Starred" }).click();
    await tilesAre(page, all);
    await page.getByLabel("Model").selectOption("gpt-image-1.5");
    await tilesAre(page, 1);
    await page.getByLabel("Model").selectOption("");
    await tilesAre(page, all);
  });
  await context.test("pictures zoom side by side, and are saved as one archive", async () => {
    await pair.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Compare" }).click();
    const panes = page.locator(".zoom-pane img");
    await panes.nth(1).waitFor();
    const looks = () => panes.evaluateAll((all) => all.map((each) => each.style.transform));
    const [whole] = await looks();
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    const [left, right] = await looks();
    assert.equal(left, right, "both show the same part");
    assert.notEqual(left, whole);
    assert.deepEqual(await accessFaults(page), []);
    await page.getByText("Slider").click();
    await page.getByRole("slider", { name: "How much of the first is shown" }).waitFor();
    assert.deepEqual(await accessFaults(page), []);
    await page.keyboard.press("Escape");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download .zip" }).click();
    const download = await saved;
    assert.match(download.suggestedFilename(), /^vidgo-[\d-]+\.zip$/);
    const bytes = readFileSync(await download.path());
    assert.equal(bytes.readUInt32LE(0), 0x04034b50);
    assert.equal(bytes.readUInt16LE(bytes.length - 14), 2, "both pictures are in it");
    assert.ok(bytes.includes("two-studies-of-a-kingfisher"), "under the name of their prompt");
    await page.getByRole("button", { name: "Clear selection" }).click();
  });
  await context.test("the viewer zooms and moves by wheel and keys, and goes on", async () => {
    await pair.click();
    const picture = page.locator(".zoom-pane img");
    await picture.waitFor();
    const look = () => picture.evaluate((image) => image.style.transform);
    const address = await picture.getAttribute("src");
    const whole = await look();
    await picture.hover();
    await page.mouse.wheel(0, -400);
    const large = await look();
    assert.notEqual(large, whole);
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await look(), large, "the arrows move what is large");
    assert.equal(await picture.getAttribute("src"), address);
    assert.deepEqual(await accessFaults(page), []);
    await page.keyboard.press("0");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (before) => document.querySelector(".zoom-pane img")?.getAttribute("src") !== before,
      address,
    );
    assert.match(page.url(), new RegExp(`task=${made}`), "the other picture of the same task");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL((url) => !url.search.includes(made));
    await page.keyboard.press("Escape");
  });
}

async function tilesAre(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll(".tile").length === wanted,
    count,
  );
}

/** Has two pictures made by one task; gives its id. */
async function makeTwo(url: string, key: string): Promise<string> {
  const answer = await fetch(`${url}/api/generate/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-image-1.5",
      input: { prompt: "Two studies of a kingfisher", n: 2, size: "3:2" },
    }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text).data.task_id;
}
