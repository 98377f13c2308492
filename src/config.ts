import { readUpstreams, type UpstreamConfig } from "./config/providers.ts";
import {
  readBootstrapKey,
  readDatabaseUrl,
  readFolder,
  readHost,
  readHours,
  readInteger,
  readNetworkList,
  readPublicUrl,
  readSecret,
  readWord,
  readWorkers,
} from "./config/read-value.ts";
import { settingOf } from "./config/settings.ts";
import { type ShownSetting, shownSettings } from "./config/shown-settings.ts";
import { fromCredits, type Millicredits } from "./core/money.ts";
import type { Environment } from "./lib/environment.ts";
import type { Price } from "./models/model.ts";
import type { Upstreams } from "./providers/registry.ts";

/** Every setting, checked. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Without a slash at the end; `null` to derive it from host and port. */
  readonly publicUrl: string | null;
  readonly bootstrapKey: string | null;
  /** Text of the root secret, or `null` for the one in the data folder. */
  readonly secret: string | null;
  readonly databaseUrl: string | null;
  /** `api` accepts and answers only, `worker` works only; one process does `all` by default. */
  readonly role: "all" | "api" | "worker";
  readonly offline: "auto" | "always" | "never";
  readonly offlineWorkers: number;
  readonly offlineTime: "real" | "instant";
  /** Frames a second of the offline engine's films. */
  readonly offlineFps: number;
  /** Who decodes clips for the offline engine. */
  readonly offlineDecoder: "auto" | "off";
  /** Who encodes the offline engine's films. */
  readonly encoder: "shipped" | "ffmpeg";
  readonly loopbackCallbacks: "auto" | "never";
  readonly credits: "on" | "off";
  /** Whether films and sounds may be uploaded beside pictures. */
  readonly uploadMedia: "off" | "on";
  /** For each key. */
  readonly uploadsPerMinute: number;
  /** Below so much free disk nothing new is taken in. */
  readonly diskFreeBytesMin: number;
  /** Whether keys other than the bootstrap key are limited. */
  readonly limits: "on" | "off";
  /** Tasks of a project that have not ended. */
  readonly openTasksMax: number;
  /** What a project may hold in a day, UTC. */
  readonly spendPerDayMax: Millicredits;
  /** Networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly grant: Millicredits;
  /** Who may make an account without a link. */
  readonly signup: "invite" | "open";
  readonly hardLimitMs: number;
  readonly fileLifeMs: number;
  /** How long files can be kept in all. */
  readonly keepMaxMs: number;
  /** How long prompt and input are kept after the end of a task. */
  readonly keepInputMs: number;
  /** How long a worker keeps a task without a sign of life. */
  readonly leaseMs: number;
  /** The providers that have an account, and the routes that the operator has set. */
  readonly upstreams: Upstreams;
  /** Every setting with where it comes from. */
  readonly shownSettings: readonly ShownSetting[];
  readonly withAccounts: UpstreamConfig["withAccounts"];
  /** Prices that replace those of the catalogue, by model. */
  readonly prices: Readonly<Record<string, Price>>;
  readonly logLevel: "info" | "warn" | "error" | "silent";
}

/**
 * Reads and checks every setting.
 * @throws {GatewayError} `invalid_request` naming the setting, its value and what to write instead.
 */
export function readConfig(environment: Environment): Config {
  const read = (name: string): string => settingOf(environment, name);
  const word = <const Word extends string>(name: string, words: readonly Word[]): Word =>
    readWord(name, read(name), words);
  const host = readHost(read("HOST"));
  const databaseUrl = readDatabaseUrl(read("DATABASE_URL"));
  return Object.freeze({
    host,
    port: readInteger("PORT", read("PORT"), { min: 0, max: 65_535 }),
    dataDir: readFolder("VIDGO_DATA_DIR", read("VIDGO_DATA_DIR")),
    publicUrl: readPublicUrl(read("VIDGO_PUBLIC_URL"), host),
    bootstrapKey: readBootstrapKey(read("VIDGO_BOOTSTRAP_KEY")),
    secret: readSecret(read("VIDGO_SECRET"), databaseUrl),
    databaseUrl,
    role: word("VIDGO_ROLE", ["all", "api", "worker"]),
    offline: word("VIDGO_OFFLINE", ["auto", "always", "never"]),
    offlineWorkers: readWorkers(read("VIDGO_OFFLINE_WORKERS")),
    offlineTime: word("VIDGO_OFFLINE_TIME", ["real", "instant"]),
    offlineDecoder: word("VIDGO_OFFLINE_DECODER", ["auto", "off"]),
    encoder: word("VIDGO_ENCODER", ["shipped", "ffmpeg"]),
    offlineFps: readInteger("VIDGO_OFFLINE_FPS", read("VIDGO_OFFLINE_FPS"), { min: 6, max: 30 }),
    loopbackCallbacks: word("VIDGO_LOOPBACK_CALLBACKS", ["auto", "never"]),
    credits: word("VIDGO_CREDITS", ["on", "off"]),
    uploadMedia: word("VIDGO_UPLOAD_MEDIA", ["off", "on"]),
    uploadsPerMinute: readInteger("VIDGO_UPLOADS_PER_MINUTE", read("VIDGO_UPLOADS_PER_MINUTE"), {
      min: 1,
      max: 100_000,
    }),
    diskFreeBytesMin:
      1_048_576 *
      readInteger("VIDGO_DISK_FREE_MIB", read("VIDGO_DISK_FREE_MIB"), { min: 16, max: 1e9 }),
    limits: word("VIDGO_LIMITS", ["on", "off"]),
    openTasksMax: readInteger("VIDGO_OPEN_TASKS", read("VIDGO_OPEN_TASKS"), { min: 1, max: 1e6 }),
    spendPerDayMax: fromCredits(
      readInteger("VIDGO_CREDITS_PER_DAY", read("VIDGO_CREDITS_PER_DAY"), { min: 0, max: 1e9 }),
    ),
    trustedProxies: readNetworkList("VIDGO_TRUSTED_PROXIES", read("VIDGO_TRUSTED_PROXIES")),
    grant: fromCredits(readInteger("VIDGO_GRANT", read("VIDGO_GRANT"), { min: 0, max: 1e9 })),
    signup: word("VIDGO_SIGNUP", ["invite", "open"]),
    hardLimitMs: readHours("VIDGO_HARD_LIMIT_HOURS", read("VIDGO_HARD_LIMIT_HOURS")),
    fileLifeMs: readHours("VIDGO_FILE_LIFE_HOURS", read("VIDGO_FILE_LIFE_HOURS")),
    keepMaxMs:
      86_400_000 *
      readInteger("VIDGO_KEEP_MAX_DAYS", read("VIDGO_KEEP_MAX_DAYS"), { min: 0, max: 3_650 }),
    keepInputMs:
      86_400_000 *
      readInteger("VIDGO_KEEP_INPUT_DAYS", read("VIDGO_KEEP_INPUT_DAYS"), { min: 0, max: 90 }),
    leaseMs: 1_000 * readInteger("VIDGO_LEASE_SECONDS", read("VIDGO_LEASE_SECONDS"), LEASE_S),
    ...readUpstreams(environment),
    shownSettings: shownSettings(environment),
    logLevel: word("VIDGO_LOG", ["info", "warn", "error", "silent"]),
  });
}

/** Shorter, and a slow disk would cost a lease; longer, and nobody would wait for it. */
const LEASE_S = { min: 3, max: 600 } as const;
