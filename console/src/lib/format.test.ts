import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatBytes,
  formatClock,
  formatCredits,
  formatCreditsLong,
  formatDuration,
  formatPercent,
  formatTime,
  parseTime,
  shortId,
  visibleText,
} from "./format.ts";

test("formatCredits() shows at most three decimals, no trailing zeros, thin groups", () => {
  assert.equal(formatCredits("195"), "195");
  assert.equal(formatCredits("14.500"), "14.5");
  assert.equal(formatCredits("0.001"), "0.001");
  assert.equal(formatCredits(17_276), "17\u202f276");
  assert.equal(formatCredits("-195"), "\u2212195");
  assert.equal(formatCredits(null), "–");
  assert.equal(formatCredits("none"), "–");
  assert.equal(formatCreditsLong("1"), "1 credit");
  assert.equal(formatCreditsLong("1.5"), "1.5 credits");
});

test("formatDuration() changes its unit where the next one reads better", () => {
  const cases: readonly (readonly [number, string])[] = [
    [840, "840 ms"],
    [4_200, "4.2 s"],
    [41_400, "41 s"],
    [92_000, "1 min 32 s"],
    [59_990, "1 min 0 s"],
    [7_500_000, "2 h 05 min"],
    [273_600_000, "3 d 4 h"],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
});

test("formatClock() counts as players do", () => {
  assert.equal(formatClock(5), "0:05");
  assert.equal(formatClock(192.9), "3:12");
  assert.equal(formatClock(3_723), "1:02:03");
});

test("formatBytes() and formatPercent() keep one decimal below ten", () => {
  assert.equal(formatBytes(8_400_000), "8.4 MB");
  assert.equal(formatBytes(999), "999 B");
  assert.equal(formatBytes(999_900), "1 MB");
  assert.equal(formatPercent(0.024), "2.4 %");
  assert.equal(formatPercent(0.87), "87 %");
});

test("parseTime() reads times without a zone as UTC", () => {
  assert.equal(parseTime("2026-11-20T10:30:00")?.toISOString(), "2026-11-20T10:30:00.000Z");
  assert.equal(parseTime("2026-11-20T10:30:00+02:00")?.getUTCHours(), 8);
  assert.equal(parseTime("soon"), null);
  assert.equal(parseTime(null), null);
});

test("formatTime() is relative within a day, then names the day, then the year", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  assert.equal(formatTime(new Date(now - 2_000), now), "now");
  assert.equal(formatTime(new Date(now - 180_000), now), "3 min ago");
  assert.equal(formatTime(new Date(now + 79_200_000), now), "in 22 h");
  assert.match(formatTime(new Date(now - 3 * 86_400_000), now), /^17 Nov \d\d:\d\d$/);
  assert.equal(formatTime(new Date(Date.UTC(2025, 10, 20, 12)), now), "20 Nov 2025");
});

test("shortId() keeps the tail that people compare", () => {
  assert.equal(shortId("task-unified-1757165031-uyujaw3d"), "task…uyujaw3d");
  assert.equal(shortId("key_1"), "key_1");
});

test("visibleText() shows what hides or turns text, and leaves words of any script alone", () => {
  assert.equal(visibleText("a\u202eb\u0007"), "a\\u202eb\\u0007");
  assert.equal(visibleText("zero\u200bwidth"), "zero\\u200bwidth");
  const fine = "naïve 你好 مرحبا 👩‍👩‍👧\n\t<script>";
  assert.equal(visibleText(fine), fine);
});
