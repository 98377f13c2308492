import assert from "node:assert/strict";
import { test } from "node:test";
import { agentName } from "./agent-name.ts";

const KIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

for (const [agent, name] of [
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${KIT} HeadlessChrome/156.0.0.0 Safari/537.36`,
    "Chrome 156 on Linux",
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0) ${KIT} Chrome/140.0 Safari/537.36 Edg/140.1`,
    "Edge 140 on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox 140 on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari 18 on iOS",
  ],
  ["curl/8.9.1", "curl/8.9.1"],
] as const) {
  test(`agentName() knows ${name}`, () => assert.equal(agentName(agent), name));
}
