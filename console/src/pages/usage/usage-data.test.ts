import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf, groupName, seriesOf, type UsageRow } from "./usage-data.ts";

function row(day: string, model: string, credits: string): UsageRow {
  return { day, model, credits } as Partial<UsageRow> as UsageRow;
}

const SPAN = { from: "2026-11-18T10:00:00", to: "2026-11-20T09:00:00" };
const creditsOf = ({ credits }: UsageRow): number => Number(credits);

test("days on which nothing was are there", () => {
  assert.deepEqual(daysOf(SPAN), ["2026-11-18", "2026-11-19", "2026-11-20"]);
  const rows = [row("2026-11-18", "a", "3"), row("2026-11-20", "a", "4.5")];
  const [all] = seriesOf({ ...SPAN, rows }, "", creditsOf);
  assert.deepEqual(all?.values, [3, 0, 4.5]);
});

test("many groups become five and the rest, and nothing is lost", () => {
  const rows = Array.from({ length: 9 }, (_, index) =>
    row("2026-11-19", `model-${index}`, String(index + 1)),
  );
  const series = seriesOf({ ...SPAN, rows }, "model", creditsOf);
  assert.equal(series.length, 6);
  assert.equal(series[0]?.name, "model-8");
  const whole = series
    .flatMap(({ values }) => values)
    .reduce<number>((sum, each) => sum + (each ?? 0), 0);
  assert.equal(whole, 45);
});

test("a group of which there is nothing has no place in the legend", () => {
  const rows = [row("2026-11-19", "quiet", "0"), row("2026-11-19", "busy", "2")];
  const names = seriesOf({ ...SPAN, rows }, "model", creditsOf).map(({ name }) => name);
  assert.deepEqual(names, ["busy"]);
});

test("what a person ran in the console stands under no raw id", () => {
  const by = (key_id: string | null, key_name: string | null): string =>
    groupName({ ...row("2026-11-19", "a", "1"), key_id, key_name }, "key");
  assert.equal(by("key_1", "ci"), "ci");
  assert.equal(by("person_in2ic41l", null), "In the console, …c41l");
  assert.equal(by(null, null), "Without a key");
});
