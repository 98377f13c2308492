import { type DestinationStream, pino } from "pino";

/**
 * Where the program says what it does. Only the fields of {@link LogFields} ever reach a line:
 * no bodies, no prompts, no queries of URLs, no keys.
 */
export interface Logger {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** All that may stand in a log line. A new field is a decision: does it ever hold a secret? */
export interface LogFields {
  readonly requestId?: string;
  readonly projectId?: string;
  readonly keyId?: string;
  readonly taskId?: string;
  readonly attemptId?: string;
  readonly fileId?: string;
  readonly eventId?: string;
  readonly deliveryId?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly account?: string;
  /** The upstream's name of a job: the last trace of a paid one when the database is gone. */
  readonly upstreamId?: string;
  readonly stage?: string;
  readonly state?: string;
  readonly code?: string;
  readonly errorClass?: string;
  readonly method?: string;
  /** The pattern of a route, never the path that was asked for. */
  readonly route?: string;
  /** Cut down to scheme, host and path. */
  readonly url?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly delayMs?: number;
  readonly sizeBytes?: number;
  readonly count?: number;
  readonly port?: number;
  readonly fence?: number;
  /** Name of a loop, a worker or a setting. */
  readonly name?: string;
  /** A sentence of ours, or of an upstream after scrubbing. */
  readonly detail?: string;
  /** What was thrown: name, scrubbed message and stack come through. */
  readonly error?: unknown;
}

/** How to make a logger. */
export interface LogOptions {
  /** The lowest level that is written. */
  readonly level: "info" | "warn" | "error" | "silent";
  /** Takes whole lines; the standard output when absent. */
  readonly destination?: DestinationStream;
}

/** Writes one JSON object a line. */
export function createLogger(options: LogOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines =
    options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  return {
    info: (fields, message) => lines.info(allowed(fields), scrub(message)),
    warn: (fields, message) => lines.warn(allowed(fields), scrub(message)),
    error: (fields, message) => lines.error(allowed(fields), scrub(message)),
  };
}

/** Says nothing; for tests. */
export const silentLog: Logger = { info: () => {}, warn: () => {}, error: () => {} };

const TEXT_MAX = 500;

const SECRETS: readonly RegExp[] = [
  /\b(?:vg_(?:live|test)_|whsec_|sk-|xai-|AIza|r8_|key-|fal_)[\w\-+/=]{8,}/g,
  /\b(?:bearer|basic)\s+[\w\-.+/=]{8,}/gi,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
];

/** Takes out of a text what looks like a key or a query, and cuts it to 500 characters. */
export function scrub(text: string): string {
  const withoutQueries = text.replace(
    /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi,
    "$1",
  );
  const withoutUsers = withoutQueries.replace(/(:\/\/)[^\s/@]*@/g, "$1");
  const clean = SECRETS.reduce((rest, secret) => rest.replace(secret, "[secret]"), withoutUsers);
  return clean.length > TEXT_MAX ? `${clean.slice(0, TEXT_MAX)}…` : clean;
}

// A record and not a list: the compiler then sees a field that was forgotten.
const SHOWN: Readonly<Record<Exclude<keyof LogFields, "error">, true>> = {
  requestId: true,
  projectId: true,
  keyId: true,
  taskId: true,
  attemptId: true,
  fileId: true,
  eventId: true,
  deliveryId: true,
  model: true,
  provider: true,
  account: true,
  upstreamId: true,
  stage: true,
  state: true,
  code: true,
  errorClass: true,
  method: true,
  route: true,
  url: true,
  status: true,
  durationMs: true,
  delayMs: true,
  sizeBytes: true,
  count: true,
  port: true,
  fence: true,
  name: true,
  detail: true,
};

function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === "error") line[name] = describe(value, 0);
    else if (!Object.hasOwn(SHOWN, name)) continue;
    else if (typeof value === "string") line[name] = scrub(value);
    else if (typeof value === "number") line[name] = value;
  }
  return line;
}

function describe(thrown: unknown, depth: number): unknown {
  if (!(thrown instanceof Error)) return { name: "NotAnError", message: scrub(String(thrown)) };
  const frames = (thrown.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: thrown.name,
    ...("code" in thrown && typeof thrown.code === "string" ? { code: thrown.code } : {}),
    message: scrub(thrown.message),
    stack: frames.slice(0, 10).map((line) => line.trim()),
    // A cause of a cause of a cause explains nothing more, and a ring of them never ends.
    ...(thrown.cause === undefined || depth >= 2
      ? {}
      : { cause: describe(thrown.cause, depth + 1) }),
  };
}
