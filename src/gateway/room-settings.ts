import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { isLoopbackHost } from "../config/read-value.ts";
import type { Config } from "../config.ts";
import { makeId } from "../core/id.ts";
import type { EngineContext } from "../engine/context.ts";
import { UPLOAD_BYTES_MAX } from "../engine/upload.ts";
import type { HttpServices } from "../http/services.ts";
import { systemRandom } from "../lib/random.ts";

/** Version of the program. */
export const VERSION: string = packageJson.version;

/** What the engine must know of the settings. */
export function engineSettings(config: Config): EngineContext["settings"] {
  return {
    // Embedded, there is only ever one node, and after a restart it is still the same.
    node: config.databaseUrl === null ? "only" : makeId("node", systemRandom),
    leaseMs: config.leaseMs,
    concurrencyMax: 512,
    pollMs: 1_000,
    hardLimitMs: config.hardLimitMs,
    fileLifeMs: config.fileLifeMs,
    offline: config.offline,
    enforceCredits: config.credits === "on",
  };
}

/** What the HTTP surface must know of the settings. */
export function httpSettings(
  config: Config,
  address: { readonly url: string },
): HttpServices["settings"] {
  const publicHost = config.publicUrl === null ? null : new URL(config.publicUrl).hostname;
  const isLocal =
    isLoopbackHost(config.host) && (publicHost === null || isLoopbackHost(publicHost));
  return {
    version: VERSION,
    get publicUrl() {
      return address.url;
    },
    loopbackCallbacks: config.loopbackCallbacks === "auto" && isLocal,
    bodyBytesMax: 1024 * 1024,
    uploadBytesMax: config.uploadMedia === "on" ? UPLOAD_BYTES_MAX.media : UPLOAD_BYTES_MAX.picture,
    keepAliveMs: isLocal ? 5_000 : 65_000,
    consoleDir: join(import.meta.dirname, "..", "..", "console", "dist"),
    dataDir: config.dataDir,
    diskFreeBytesMin: config.diskFreeBytesMin,
    keepMaxMs: config.keepMaxMs,
    limits:
      config.limits === "off"
        ? null
        : { openTasksMax: config.openTasksMax, spendPerDayMax: config.spendPerDayMax },
    trustedProxies: config.trustedProxies,
  };
}

/** What the operator is told of the start. */
export function systemFacts(config: Config): HttpServices["system"] {
  const database = config.databaseUrl === null ? "sqlite" : "postgres";
  return { role: config.role, database, settings: config.shownSettings };
}
