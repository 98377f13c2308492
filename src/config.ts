import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { GatewayError } from "./core/error.ts";
import { isPlausibleKey } from "./core/key.ts";
import { fromCredits, type Millicredits } from "./core/money.ts";

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
  readonly loopbackCallbacks: "auto" | "never";
  readonly credits: "on" | "off";
  readonly grant: Millicredits;
  readonly hardLimitMs: number;
  readonly fileLifeMs: number;
  readonly logLevel: "info" | "warn" | "error" | "silent";
}

/** How one setting is read, for the program and for its reference page. */
export interface Setting {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly example: string;
}

/** All settings, in the order of the reference page. */
export const SETTINGS: readonly Setting[] = [
  { name: "HOST", fallback: "127.0.0.1", meaning: "Address to listen on", example: "0.0.0.0" },
  { name: "PORT", fallback: "8787", meaning: "Port to listen on, 0 to 65535", example: "80" },
  {
    name: "VIDGO_DATA_DIR",
    fallback: "./data",
    meaning: "Folder of database, files and secret",
    example: "/var/lib/vidgo",
  },
  {
    name: "VIDGO_PUBLIC_URL",
    fallback: "",
    meaning: "Origin under which clients reach the gateway; links are made from it",
    example: "https://media.example.com",
  },
  {
    name: "VIDGO_BOOTSTRAP_KEY",
    fallback: "",
    meaning:
      "An API key of your own, 32 or more visible characters; changing it revokes the former",
    example: "a long random text of your own making",
  },
  {
    name: "VIDGO_SECRET",
    fallback: "",
    meaning: "Root secret, 32 or more characters; else made once in the data folder",
    example: "the output of: openssl rand -hex 32",
  },
  {
    name: "DATABASE_URL",
    fallback: "",
    meaning: "PostgreSQL to use instead of the embedded database",
    example: "postgres://vidgo:secret@localhost/vidgo",
  },
  {
    name: "VIDGO_ROLE",
    fallback: "all",
    meaning: "What this process does: all, api (accept and answer) or worker (work on tasks)",
    example: "api",
  },
  {
    name: "VIDGO_OFFLINE",
    fallback: "auto",
    meaning: "Which live tasks the offline engine takes: auto, always or never",
    example: "never",
  },
  {
    name: "VIDGO_OFFLINE_WORKERS",
    fallback: "",
    meaning: "Threads that render offline, 1 to 64; else one less than the cores",
    example: "2",
  },
  {
    name: "VIDGO_LOOPBACK_CALLBACKS",
    fallback: "auto",
    meaning: "Whether callbacks and inputs may name this machine: auto or never",
    example: "never",
  },
  {
    name: "VIDGO_CREDITS",
    fallback: "on",
    meaning: "Whether live tasks need a balance: on or off",
    example: "off",
  },
  {
    name: "VIDGO_GRANT",
    fallback: "100000",
    meaning: "Credits that the first project starts with",
    example: "500",
  },
  {
    name: "VIDGO_HARD_LIMIT_HOURS",
    fallback: "24",
    meaning: "When a task is closed at the latest, hours after its submit",
    example: "6",
  },
  {
    name: "VIDGO_FILE_LIFE_HOURS",
    fallback: "24",
    meaning: "How long files live, hours after the end of their task",
    example: "72",
  },
  {
    name: "VIDGO_LOG",
    fallback: "warn",
    meaning: "Lowest level that is logged: info, warn, error or silent",
    example: "info",
  },
];

/** The environment, as the process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks every setting.
 * @throws {GatewayError} `invalid_request` naming the setting, its value and what to write instead.
 */
export function readConfig(environment: Environment): Config {
  const read = (name: string): string => settingOf(environment, name);
  const host = readHost(read("HOST"));
  const publicUrl = readPublicUrl(read("VIDGO_PUBLIC_URL"), host);
  const databaseUrl = readDatabaseUrl(read("DATABASE_URL"));
  return Object.freeze({
    host,
    port: readInteger("PORT", read("PORT"), { min: 0, max: 65_535 }),
    dataDir: resolve(read("VIDGO_DATA_DIR")),
    publicUrl,
    bootstrapKey: readBootstrapKey(read("VIDGO_BOOTSTRAP_KEY")),
    secret: readSecret(read("VIDGO_SECRET"), databaseUrl),
    databaseUrl,
    role: readWord("VIDGO_ROLE", read("VIDGO_ROLE"), ["all", "api", "worker"]),
    offline: readWord("VIDGO_OFFLINE", read("VIDGO_OFFLINE"), ["auto", "always", "never"]),
    offlineWorkers: readWorkers(read("VIDGO_OFFLINE_WORKERS")),
    loopbackCallbacks: readWord("VIDGO_LOOPBACK_CALLBACKS", read("VIDGO_LOOPBACK_CALLBACKS"), [
      "auto",
      "never",
    ]),
    credits: readWord("VIDGO_CREDITS", read("VIDGO_CREDITS"), ["on", "off"]),
    grant: fromCredits(readInteger("VIDGO_GRANT", read("VIDGO_GRANT"), { min: 0, max: 1e9 })),
    hardLimitMs: readHours("VIDGO_HARD_LIMIT_HOURS", read("VIDGO_HARD_LIMIT_HOURS")),
    fileLifeMs: readHours("VIDGO_FILE_LIFE_HOURS", read("VIDGO_FILE_LIFE_HOURS")),
    logLevel: readWord("VIDGO_LOG", read("VIDGO_LOG"), ["info", "warn", "error", "silent"]),
  });
}

/** Whether an address or name means this machine only. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

function settingOf(environment: Environment, name: string): string {
  const given = environment[name]?.trim() ?? "";
  return given === "" ? (SETTINGS.find((setting) => setting.name === name)?.fallback ?? "") : given;
}

function readHost(host: string): string {
  if (isIP(host) !== 0 || host === "localhost") return host;
  throw wrong("HOST", host, "an IP address to listen on, such as 127.0.0.1, 0.0.0.0 or ::");
}

function readPublicUrl(text: string, host: string): string | null {
  if (text === "") {
    if (isLoopbackHost(host)) return null;
    throw new GatewayError(
      "invalid_request",
      `VIDGO_PUBLIC_URL is missing: with HOST=${host} clients come from elsewhere, and links need ` +
        "the address they use. Write for example VIDGO_PUBLIC_URL=https://media.example.com",
    );
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.pathname === "/" && url.search === "" && url.hash === "";
  if (plain && /^https?:$/.test(url.protocol) && url.username === "") return url.origin;
  throw wrong("VIDGO_PUBLIC_URL", text, "an origin without a path: https://media.example.com");
}

function readBootstrapKey(text: string): string | null {
  if (text === "") return null;
  const visible = /^[\x21-\x7e]{32,512}$/.test(text);
  if (visible && isPlausibleKey(text)) return text;
  const hint = text.startsWith("vg_")
    ? "a key made by Vidgo, whose checksum is right, or a text that does not start with vg_"
    : "32 to 512 visible ASCII characters without spaces";
  // The key itself is a secret: it is never repeated in a message.
  throw new GatewayError("invalid_request", `VIDGO_BOOTSTRAP_KEY is not usable: write ${hint}`);
}

function readSecret(text: string, databaseUrl: string | null): string | null {
  if (text.length >= 32) return text;
  if (text !== "") {
    throw new GatewayError(
      "invalid_request",
      `VIDGO_SECRET has ${text.length} characters: write 32 or more, such as the output of ` +
        "openssl rand -hex 32",
    );
  }
  if (databaseUrl === null) return null;
  throw new GatewayError(
    "invalid_request",
    "VIDGO_SECRET is missing: with DATABASE_URL every process must share one. Write " +
      "VIDGO_SECRET=<the output of openssl rand -hex 32>",
  );
}

function readDatabaseUrl(text: string): string | null {
  if (text === "") return null;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new GatewayError(
    "invalid_request",
    "DATABASE_URL is not a PostgreSQL URL: write postgres://user:password@host/database",
  );
}

function readWorkers(text: string): number {
  if (text === "") return Math.max(1, availableParallelism() - 1);
  return readInteger("VIDGO_OFFLINE_WORKERS", text, { min: 1, max: 64 });
}

function readHours(name: string, text: string): number {
  const hours = Number(text);
  if (hours > 0 && hours <= 8_760) return Math.round(hours * 3_600_000);
  throw wrong(name, text, "a number of hours above 0, at most 8760");
}

function readInteger(
  name: string,
  text: string,
  range: { readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value;
  throw wrong(name, text, `a whole number from ${range.min} to ${range.max}`);
}

function readWord<const Word extends string>(
  name: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw wrong(name, text, `one of ${words.join(", ")}`);
}

function wrong(name: string, value: string, wanted: string): GatewayError {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return new GatewayError("invalid_request", `${name}=${shown} is not usable: write ${wanted}`);
}
