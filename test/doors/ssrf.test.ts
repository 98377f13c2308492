import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { requirePart } from "../support/require.ts";
import { ENTRIES } from "./targets.ts";
import type { Report } from "./world.ts";

const SEED = Number(process.env.VIDGO_TEST_SEED ?? Date.now() % 2 ** 31);
const WORLD = fileURLToPath(new URL("./world.ts", import.meta.url));

// A network in which every address, public or not, is this machine.
const NETWORK = [
  "ip link set lo up",
  "ip route add local 0.0.0.0/0 dev lo",
  "ip -6 route add local ::/0 dev lo",
];
const inNetwork = (command: string): readonly string[] => [
  "--user",
  "--map-root-user",
  "--net",
  "sh",
  "-c",
  [...NETWORK, command].join(" && "),
];
const probe = spawnSync("unshare", inNetwork("true"), { stdio: "ignore" });
const part = requirePart("netns", probe.status === 0, "no network of its own may be made here");

describe("no URL of a stranger leads inside", part, () => {
  let report: Report;
  before(async () => {
    report = await besiege();
  });

  for (const entry of ENTRIES) {
    test(`${entry}: more than 5,000 URLs, and each is refused`, (t) => {
      const seen = report.entries[entry];
      t.diagnostic(JSON.stringify({ entry, ...seen }));
      assert.ok(seen.urls >= 5_000, `${seen.urls} URLs`);
      assert.deepEqual(seen.strange, []);
    });

    test(`${entry}: 500 names that lead outside are reached`, () => {
      const { reached, unreached } = report.entries[entry];
      assert.deepEqual([reached, unreached], [500, []]);
    });
  }

  test("nothing ever connected to an address that is not public", (t) => {
    t.diagnostic(`VIDGO_TEST_SEED=${SEED}; ${report.outside} connections to public addresses`);
    assert.deepEqual(report.inside, []);
    assert.ok(report.outside >= 2_000, "the sinks count what does come");
  });
});

async function besiege(): Promise<Report> {
  const words = inNetwork('exec "$0" "$1" "$2"');
  const child = spawn("unshare", [...words, process.execPath, WORLD, String(SEED)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let complaint = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, complaint);
  return JSON.parse(out);
}
