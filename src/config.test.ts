import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { SETTINGS, strangeSettings } from "./config/settings.ts";
import { type Config, readConfig } from "./config.ts";
import { GatewayError } from "./core/error.ts";
import { makeKey } from "./core/key.ts";

/** A setting as it is written, and what becomes of it: a value, or what the refusal says. */
interface Row {
  readonly set: Readonly<Record<string, string>>;
  readonly gives?: { readonly [Name in keyof Config]?: unknown };
  readonly says?: RegExp;
}

const SECRET = "0123456789abcdef0123456789abcdef";
const { secret: LIVE } = makeKey("live", () => new Uint8Array(32).fill(7));
const FORGED = `${LIVE.slice(0, -1)}${LIVE.endsWith("0") ? "1" : "0"}`;
const UPSTREAM = { VIDGO_UPSTREAM_URL: "https://api.example.com", VIDGO_UPSTREAM_KEY: "hunter2" };
const VIDEOS = { OPENAI_VIDEOS_BASE_URL: "http://10.0.0.5:8000" };
const PUBLIC = { VIDGO_PUBLIC_URL: "https://media.example.com" };

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  HOST: [
    { set: { HOST: "::1" }, gives: { host: "::1", publicUrl: null } },
    { set: { HOST: "localhost" }, gives: { host: "localhost" } },
    { set: { HOST: "127.9.9.9" }, gives: { publicUrl: null } },
    { set: { HOST: "0.0.0.0", ...PUBLIC }, gives: { host: "0.0.0.0" } },
    { set: { HOST: "0.0.0.0" }, says: /HOST=0\.0\.0\.0.*VIDGO_PUBLIC_URL=https:\/\/media/ },
    { set: { HOST: "::" }, says: /^VIDGO_PUBLIC_URL is missing/ },
    { set: { HOST: "::ffff:127.0.0.1" }, says: /^VIDGO_PUBLIC_URL is missing/ },
    { set: { HOST: "media.example.com" }, says: /^HOST=media.*IP address.*0\.0\.0\.0/ },
    { set: { HOST: "127.0.0.1:80" }, says: /^HOST=127\.0\.0\.1:80 is not usable/ },
  ],
  PORT: [
    { set: { PORT: "0" }, gives: { port: 0 } },
    { set: { PORT: " 80 " }, gives: { port: 80 } },
    { set: { PORT: "65535" }, gives: { port: 65_535 } },
    { set: { PORT: "65536" }, says: /^PORT=65536 .*whole number from 0 to 65535$/ },
    { set: { PORT: "-1" }, says: /^PORT=-1 / },
    { set: { PORT: "8787.5" }, says: /^PORT=8787\.5 / },
    { set: { PORT: "0x50" }, says: /^PORT=0x50 / },
    { set: { PORT: "http" }, says: /^PORT=http / },
  ],
  VIDGO_DATA_DIR: [
    { set: { VIDGO_DATA_DIR: "/srv/vidgo" }, gives: { dataDir: "/srv/vidgo" } },
    { set: { VIDGO_DATA_DIR: "here/there" }, gives: { dataDir: resolve("here/there") } },
    { set: { VIDGO_DATA_DIR: "~/vidgo" }, says: /^VIDGO_DATA_DIR=~\/vidgo .*without ~/ },
    { set: { VIDGO_DATA_DIR: `/${"d".repeat(91)}` }, gives: { dataDir: `/${"d".repeat(91)}` } },
    { set: { VIDGO_DATA_DIR: `/${"d".repeat(92)}` }, says: /too long .* at most 92 bytes/ },
  ],
  VIDGO_PUBLIC_URL: [
    { set: PUBLIC, gives: { publicUrl: "https://media.example.com" } },
    {
      set: { VIDGO_PUBLIC_URL: "HTTP://Media.Example.com:8080/" },
      gives: { publicUrl: "http://media.example.com:8080" },
    },
    { set: { VIDGO_PUBLIC_URL: "media.example.com" }, says: /origin without a path: https:/ },
    { set: { VIDGO_PUBLIC_URL: "https://media.example.com/v1" }, says: /without a path/ },
    { set: { VIDGO_PUBLIC_URL: "https://media.example.com/?a=1" }, says: /without a path/ },
    { set: { VIDGO_PUBLIC_URL: "ftp://media.example.com" }, says: /without a path/ },
    {
      set: { VIDGO_PUBLIC_URL: "https://user:hunter2@media.example.com" },
      says: /^VIDGO_PUBLIC_URL=https:\/\/…@media\.example\.com is not usable/,
    },
  ],
  VIDGO_BOOTSTRAP_KEY: [
    { set: { VIDGO_BOOTSTRAP_KEY: SECRET }, gives: { bootstrapKey: SECRET } },
    { set: { VIDGO_BOOTSTRAP_KEY: LIVE }, gives: { bootstrapKey: LIVE } },
    { set: { VIDGO_BOOTSTRAP_KEY: SECRET.slice(1) }, says: /32 to 512 visible ASCII/ },
    { set: { VIDGO_BOOTSTRAP_KEY: `${SECRET} x` }, says: /without spaces/ },
    { set: { VIDGO_BOOTSTRAP_KEY: `${SECRET}é` }, says: /visible ASCII/ },
    { set: { VIDGO_BOOTSTRAP_KEY: FORGED }, says: /checksum is right/ },
    { set: { VIDGO_BOOTSTRAP_KEY: `vg_${SECRET}` }, says: /does not start with vg_/ },
  ],
  VIDGO_SECRET: [
    { set: { VIDGO_SECRET: SECRET }, gives: { secret: SECRET } },
    {
      set: { VIDGO_SECRET: "short" },
      says: /short, 5 of 32 characters: write 32 or more.*openssl/,
    },
    { set: { VIDGO_SECRET: "x" }, says: /short, 1 of 32 characters: write/ },
  ],
  DATABASE_URL: [
    {
      set: { DATABASE_URL: "postgres://a:b@localhost/vidgo", VIDGO_SECRET: SECRET },
      gives: { databaseUrl: "postgres://a:b@localhost/vidgo" },
    },
    {
      set: { DATABASE_URL: "postgresql://localhost/vidgo", VIDGO_SECRET: SECRET },
      gives: { databaseUrl: "postgresql://localhost/vidgo" },
    },
    { set: { DATABASE_URL: "postgres://localhost/vidgo" }, says: /^VIDGO_SECRET is missing/ },
    { set: { DATABASE_URL: "mysql://a:hunter2@host/x" }, says: /write postgres:\/\/user:/ },
  ],
  VIDGO_ROLE: [
    { set: { VIDGO_ROLE: "worker" }, gives: { role: "worker" } },
    { set: { VIDGO_ROLE: "Worker" }, says: /^VIDGO_ROLE=Worker .*one of all, api, worker$/ },
  ],
  VIDGO_OFFLINE: [
    { set: { VIDGO_OFFLINE: "never" }, gives: { offline: "never" } },
    { set: { VIDGO_OFFLINE: "off" }, says: /^VIDGO_OFFLINE=off .*auto, always, never$/ },
  ],
  VIDGO_OFFLINE_WORKERS: [
    { set: { VIDGO_OFFLINE_WORKERS: "3" }, gives: { offlineWorkers: 3 } },
    { set: { VIDGO_OFFLINE_WORKERS: "0" }, says: /^VIDGO_OFFLINE_WORKERS=0 .*1 to 64$/ },
    { set: { VIDGO_OFFLINE_WORKERS: "65" }, says: /1 to 64$/ },
  ],
  VIDGO_OFFLINE_TIME: [
    { set: { VIDGO_OFFLINE_TIME: "instant" }, gives: { offlineTime: "instant" } },
    { set: { VIDGO_OFFLINE_TIME: "fast" }, says: /^VIDGO_OFFLINE_TIME=fast .*real, instant$/ },
  ],
  VIDGO_OFFLINE_FPS: [
    { set: { VIDGO_OFFLINE_FPS: "12" }, gives: { offlineFps: 12 } },
    { set: { VIDGO_OFFLINE_FPS: "5" }, says: /^VIDGO_OFFLINE_FPS=5 .*6 to 30$/ },
    { set: { VIDGO_OFFLINE_FPS: "60" }, says: /6 to 30$/ },
  ],
  VIDGO_OFFLINE_DECODER: [
    { set: { VIDGO_OFFLINE_DECODER: "off" }, gives: { offlineDecoder: "off" } },
    { set: { VIDGO_OFFLINE_DECODER: "ffmpeg" }, says: /one of auto, off$/ },
  ],
  VIDGO_ENCODER: [
    { set: { VIDGO_ENCODER: "ffmpeg" }, gives: { encoder: "ffmpeg" } },
    { set: { VIDGO_ENCODER: "x264" }, says: /one of shipped, ffmpeg$/ },
  ],
  VIDGO_LOOPBACK_CALLBACKS: [
    { set: { VIDGO_LOOPBACK_CALLBACKS: "never" }, gives: { loopbackCallbacks: "never" } },
    { set: { VIDGO_LOOPBACK_CALLBACKS: "always" }, says: /one of auto, never$/ },
  ],
  VIDGO_CREDITS: [
    { set: { VIDGO_CREDITS: "off" }, gives: { credits: "off" } },
    { set: { VIDGO_CREDITS: "false" }, says: /^VIDGO_CREDITS=false .*one of on, off$/ },
  ],
  VIDGO_GRANT: [
    { set: { VIDGO_GRANT: "0" }, gives: { grant: 0 } },
    { set: { VIDGO_GRANT: "500" }, gives: { grant: 500_000 } },
    { set: { VIDGO_GRANT: "0.5" }, says: /^VIDGO_GRANT=0\.5 .*whole number from 0/ },
  ],
  VIDGO_SIGNUP: [
    { set: { VIDGO_SIGNUP: "open" }, gives: { signup: "open" } },
    { set: { VIDGO_SIGNUP: "all" }, says: /^VIDGO_SIGNUP=all .*one of invite, open$/ },
  ],
  VIDGO_HARD_LIMIT_HOURS: [
    { set: { VIDGO_HARD_LIMIT_HOURS: "1.5" }, gives: { hardLimitMs: 5_400_000 } },
    { set: { VIDGO_HARD_LIMIT_HOURS: "0" }, says: /hours above 0, at most 8760$/ },
    { set: { VIDGO_HARD_LIMIT_HOURS: "8761" }, says: /at most 8760$/ },
    { set: { VIDGO_HARD_LIMIT_HOURS: "1e2" }, says: /^VIDGO_HARD_LIMIT_HOURS=1e2 / },
  ],
  VIDGO_KEEP_INPUT_DAYS: [
    { set: { VIDGO_KEEP_INPUT_DAYS: "0" }, gives: { keepInputMs: 0 } },
    { set: { VIDGO_KEEP_INPUT_DAYS: "91" }, says: /^VIDGO_KEEP_INPUT_DAYS=91 / },
  ],
  VIDGO_FILE_LIFE_HOURS: [
    { set: { VIDGO_FILE_LIFE_HOURS: "72" }, gives: { fileLifeMs: 259_200_000 } },
    { set: { VIDGO_FILE_LIFE_HOURS: "1 day" }, says: /^VIDGO_FILE_LIFE_HOURS=1 day / },
  ],
  VIDGO_LEASE_SECONDS: [
    { set: { VIDGO_LEASE_SECONDS: "10" }, gives: { leaseMs: 10_000 } },
    { set: { VIDGO_LEASE_SECONDS: "2" }, says: /^VIDGO_LEASE_SECONDS=2 .*from 3 to 600$/ },
  ],
  OPENAI_VIDEOS_BASE_URL: [
    {
      set: VIDEOS,
      gives: {
        upstreams: {
          active: [{ accounts: [{ baseUrl: "http://10.0.0.5:8000", secret: { key: "" } }] }],
        },
      },
    },
    { set: { OPENAI_VIDEOS_BASE_URL: "10.0.0.5:8000" }, says: /^OPENAI_VIDEOS_BASE_URL=10/ },
  ],
  OPENAI_VIDEOS_API_KEY: [
    {
      set: { ...VIDEOS, OPENAI_VIDEOS_API_KEY: "hunter2" },
      gives: { upstreams: { active: [{ accounts: [{ secret: { key: "hunter2" } }] }] } },
    },
    { set: { ...VIDEOS, OPENAI_VIDEOS_API_KEY: "k", OPENAI_VIDEOS_MODELS: "=" }, says: /_MODELS/ },
  ],
  OPENAI_VIDEOS_MODELS: [
    {
      set: { ...VIDEOS, OPENAI_VIDEOS_MODELS: "sora-2=wan-2.2, grok-imagine = ltx-2" },
      gives: {
        upstreams: {
          active: [{ provider: { models: { "sora-2": "wan-2.2", "grok-imagine": "ltx-2" } } }],
        },
      },
    },
    { set: { OPENAI_VIDEOS_MODELS: "gpt-4o-image=x" }, says: /write pairs of a model of video/ },
    { set: { OPENAI_VIDEOS_MODELS: "sora-2" }, says: /^OPENAI_VIDEOS_MODELS: sora-2 is not/ },
  ],
  OPENAI_VIDEOS_RESUBMIT: [
    {
      set: { ...VIDEOS, OPENAI_VIDEOS_RESUBMIT: "free" },
      gives: {
        upstreams: { active: [{ provider: { traits: { resubmit: "free", volatile: true } } }] },
      },
    },
    { set: { OPENAI_VIDEOS_RESUBMIT: "yes" }, says: /one of reconcile, blind, free$/ },
  ],
  OPENAI_VIDEOS_GRACE_SECONDS: [
    {
      set: { ...VIDEOS, OPENAI_VIDEOS_GRACE_SECONDS: "30" },
      gives: { upstreams: { active: [{ provider: { traits: { graceMs: 30_000 } } }] } },
    },
    { set: { OPENAI_VIDEOS_GRACE_SECONDS: "0" }, says: /from 1 to 3600$/ },
  ],
  A1111_MODELS: [
    {
      set: { A1111_URL: "http://127.0.0.1:7860", A1111_MODELS: "z-image=default" },
      gives: { upstreams: { active: [{ provider: { models: { "z-image": "default" } } }] } },
    },
    { set: { A1111_MODELS: "x" }, says: /^A1111_MODELS: x is not usable: write pairs/ },
  ],
  SD_SERVER_MODELS: [
    {
      set: { SD_SERVER_URL: "http://127.0.0.1:1234", SD_SERVER_MODELS: "z-image=z" },
      gives: { upstreams: { active: [{ provider: { models: { "z-image": "z" } } }] } },
    },
    { set: { SD_SERVER_MODELS: "x" }, says: /^SD_SERVER_MODELS: x is not usable: write pairs/ },
  ],
  KIE_MODELS: [
    {
      set: { KIE_API_KEY: "k", KIE_MODELS: "grok-imagine=grok-imagine" },
      gives: {
        upstreams: { active: [{ provider: { models: { "grok-imagine": "grok-imagine" } } }] },
      },
    },
    { set: { KIE_MODELS: "x" }, says: /^KIE_MODELS: x is not usable: write pairs/ },
  ],
  COMFYUI_API: [
    { set: { COMFYUI_API: "v2" }, gives: { port: 8787 } },
    { set: { COMFYUI_API: "v3" }, says: /one of classic, v2$/ },
  ],
  COMFYUI_RESUBMIT: [
    {
      set: { COMFYUI_URL: "http://127.0.0.1:8188", COMFYUI_RESUBMIT: "free" },
      gives: { upstreams: { active: [{ provider: { traits: { resubmit: "free" } } }] } },
    },
    { set: { COMFYUI_RESUBMIT: "never" }, says: /one of find, free$/ },
  ],
  VIDGO_KEEP_MAX_DAYS: [
    { set: { VIDGO_KEEP_MAX_DAYS: "9" }, gives: { keepMaxMs: 777_600_000 } },
    { set: { VIDGO_KEEP_MAX_DAYS: "x" }, says: /^VIDGO_KEEP_MAX_DAYS=x / },
  ],
  VIDGO_CONFIG: [
    { set: { VIDGO_CONFIG: "vidgo.config.json" }, gives: { prices: {} } },
    { set: { VIDGO_CONFIG: "absent.json" }, says: /^absent\.json does not exist/ },
  ],
  VIDGO_UPSTREAM_URL: [
    {
      set: { ...UPSTREAM, VIDGO_UPSTREAM_URL: "http://10.0.0.5:8787/media/" },
      gives: { upstreams: { active: [{ accounts: [{ baseUrl: "http://10.0.0.5:8787/media" }] }] } },
    },
    { set: { VIDGO_UPSTREAM_KEY: "k" }, gives: { upstreams: { active: [] } } },
    {
      set: { ...UPSTREAM, VIDGO_UPSTREAM_URL: "api.example.com" },
      says: /^VIDGO_UPSTREAM_URL=api/,
    },
    { set: { ...UPSTREAM, VIDGO_UPSTREAM_URL: "ftp://h" }, says: /such as https:/ },
    { set: { ...UPSTREAM, VIDGO_UPSTREAM_URL: "https://h/?a=1" }, says: /is not usable/ },
  ],
  VIDGO_UPSTREAM_KEY: [
    {
      set: UPSTREAM,
      gives: {
        upstreams: { active: [{ accounts: [{ id: "environment", secret: { key: "hunter2" } }] }] },
      },
    },
    {
      set: { ...UPSTREAM, VIDGO_UPSTREAM_KEY: "" },
      says: /^VIDGO_UPSTREAM_KEY is missing: VIDGO_UPSTREAM_URL needs/,
    },
  ],
  VIDGO_UPSTREAM_RESUBMIT: [
    {
      set: { ...UPSTREAM, VIDGO_UPSTREAM_RESUBMIT: "idempotency-key" },
      gives: { upstreams: { active: [{ provider: { traits: { resubmit: "idempotency-key" } } }] } },
    },
    {
      set: UPSTREAM,
      gives: { upstreams: { active: [{ provider: { traits: { resubmit: "blind" } } }] } },
    },
    {
      set: { ...UPSTREAM, VIDGO_UPSTREAM_RESUBMIT: "always" },
      says: /one of blind, idempotency-key$/,
    },
  ],
  VIDGO_UPLOAD_MEDIA: [
    { set: { VIDGO_UPLOAD_MEDIA: "on" }, gives: { uploadMedia: "on" } },
    { set: { VIDGO_UPLOAD_MEDIA: "yes" }, says: /one of off, on$/ },
  ],
  VIDGO_UPLOADS_PER_MINUTE: [
    { set: { VIDGO_UPLOADS_PER_MINUTE: "60" }, gives: { uploadsPerMinute: 60 } },
    { set: { VIDGO_UPLOADS_PER_MINUTE: "0" }, says: /whole number from 1 to 100000$/ },
  ],
  VIDGO_DISK_FREE_MIB: [
    { set: { VIDGO_DISK_FREE_MIB: "1024" }, gives: { diskFreeBytesMin: 2 ** 30 } },
    { set: { VIDGO_DISK_FREE_MIB: "0" }, says: /whole number from 16 to 1000000000$/ },
  ],
  VIDGO_LIMITS: [
    { set: { VIDGO_LIMITS: "off" }, gives: { limits: "off" } },
    { set: { VIDGO_LIMITS: "no" }, says: /one of on, off$/ },
  ],
  VIDGO_OPEN_TASKS: [
    { set: { VIDGO_OPEN_TASKS: "7" }, gives: { openTasksMax: 7 } },
    { set: { VIDGO_OPEN_TASKS: "0" }, says: /whole number from 1 to 1000000$/ },
  ],
  VIDGO_CREDITS_PER_DAY: [
    { set: { VIDGO_CREDITS_PER_DAY: "12" }, gives: { spendPerDayMax: 12_000 } },
    { set: { VIDGO_CREDITS_PER_DAY: "-1" }, says: /whole number from 0 to 1000000000$/ },
  ],
  VIDGO_TRUSTED_PROXIES: [
    {
      set: { VIDGO_TRUSTED_PROXIES: "10.0.0.0/8, ::1" },
      gives: { trustedProxies: ["10.0.0.0/8", "::1"] },
    },
    { set: { VIDGO_TRUSTED_PROXIES: "10.0.0.0/33" }, says: /apart by commas$/ },
    { set: { VIDGO_TRUSTED_PROXIES: "proxy" }, says: /apart by commas$/ },
  ],
  VIDGO_LOG: [
    { set: { VIDGO_LOG: "silent" }, gives: { logLevel: "silent" } },
    { set: { VIDGO_LOG: "debug" }, says: /one of info, warn, error, silent$/ },
  ],
};

/** The message with which an environment is refused, or `null` when it is fine. */
function refusalOf(environment: Readonly<Record<string, string>>): string | null {
  try {
    readConfig(environment);
    return null;
  } catch (error) {
    assert.ok(error instanceof GatewayError);
    assert.equal(error.code, "invalid_request");
    return error.message;
  }
}

for (const [name, rows] of Object.entries(ROWS)) {
  test(`readConfig() checks ${name}`, () => {
    for (const { set, gives, says } of rows) {
      const shown = JSON.stringify(set);
      const refusal = refusalOf(set);
      if (says !== undefined) {
        assert.match(refusal ?? "taken", says, shown);
        continue;
      }
      assert.equal(refusal, null, shown);
      assert.partialDeepStrictEqual(readConfig(set), gives, shown);
    }
  });
}

test("readConfig() is tested with a good and a bad value for each setting", () => {
  assert.deepEqual(SETTINGS.map(({ name }) => name).toSorted(), Object.keys(ROWS).toSorted());
  for (const [name, rows] of Object.entries(ROWS)) {
    assert.ok(rows.some(({ gives }) => gives !== undefined) && rows.some(({ says }) => says), name);
  }
});

test("readConfig() gives the defaults of the reference page, frozen, when nothing is set", () => {
  const config = readConfig({});
  const { active, plan } = config.upstreams;
  const { shownSettings, withAccounts, ...values } = config;
  assert.equal(typeof withAccounts, "function");
  assert.ok(shownSettings.every(({ origin }) => origin === "default"));
  assert.deepEqual(
    { ...values, offlineWorkers: config.offlineWorkers > 0, upstreams: { active, plan } },
    {
      host: "127.0.0.1",
      port: 8787,
      dataDir: resolve("./data"),
      publicUrl: null,
      bootstrapKey: null,
      secret: null,
      databaseUrl: null,
      role: "all",
      offline: "auto",
      offlineWorkers: true,
      offlineTime: "real",
      offlineFps: 24,
      offlineDecoder: "auto",
      encoder: "shipped",
      loopbackCallbacks: "auto",
      credits: "on",
      uploadMedia: "off",
      uploadsPerMinute: 5,
      diskFreeBytesMin: 268_435_456,
      limits: "on",
      openTasksMax: 1_050,
      spendPerDayMax: 10_000_000,
      trustedProxies: [],
      grant: 100_000_000,
      signup: "invite",
      hardLimitMs: 86_400_000,
      fileLifeMs: 86_400_000,
      keepInputMs: 604_800_000,
      keepMaxMs: 2_592_000_000,
      leaseMs: 30_000,
      logLevel: "warn",
      upstreams: { active: [], plan: {} },
      prices: {},
    },
  );
  assert.ok(Object.isFrozen(config));
});

test("readConfig() takes each fallback and each plain example of the reference page", () => {
  for (const { name, fallback, example } of SETTINGS) {
    const set = { ...PUBLIC, VIDGO_SECRET: SECRET, VIDGO_UPSTREAM_KEY: "k" };
    assert.equal(refusalOf({ ...set, [name]: fallback }), null, `${name}=${fallback}`);
    if (/\s/.test(example)) continue;
    assert.equal(refusalOf({ ...set, [name]: example }), null, `${name}=${example}`);
  }
});

test("readConfig() never repeats a secret in a message", () => {
  const secret = "hunter2";
  for (const name of ["VIDGO_BOOTSTRAP_KEY", "VIDGO_SECRET", "DATABASE_URL"]) {
    const message = refusalOf({ [name]: secret }) ?? "";
    assert.ok(message.includes(name) && !message.includes(secret), message);
  }
});

test("readConfig() cuts a long value in its message", () => {
  assert.ok((refusalOf({ PORT: "8".repeat(5_000) }) ?? "").length < 200);
});

test("strangeSettings() names what looks like a setting and is none", () => {
  const environment = {
    VIDGO_DATADIR: "x",
    VIDGO_PORT: "1",
    VIDGO_OFLINE: "always",
    VIDGO_PAINT: "x",
    VIDGO_LOG: "info",
    VIDGO_URL: "http://127.0.0.1:1",
    VIDGO_KEY: "k",
    VIDGO_TEST_REQUIRE: "all",
    VIDGO_GOLDEN: "write",
    VIDGO_WEBHOOK_SECRET: "x",
    PATH: "/bin",
  };
  assert.deepEqual(
    strangeSettings(environment).map(({ name, meant }) => [name, meant]),
    [
      ["VIDGO_DATADIR", "VIDGO_DATA_DIR"],
      ["VIDGO_PORT", "PORT"],
      ["VIDGO_OFLINE", "VIDGO_OFFLINE"],
      ["VIDGO_PAINT", null],
    ],
  );
});
