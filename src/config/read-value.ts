import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { GatewayError } from "../core/error.ts";
import { isPlausibleKey } from "../core/key.ts";

/** `HOST`: an IP address or `localhost`. */
export function readHost(host: string): string {
  if (isIP(host) !== 0 || host === "localhost") return host;
  throw wrong("HOST", host, "an IP address to listen on, such as 127.0.0.1, 0.0.0.0 or ::");
}

/** `VIDGO_PUBLIC_URL`: an origin; needed as soon as clients come from other machines. */
export function readPublicUrl(text: string, host: string): string | null {
  if (text === "") {
    if (isLoopbackHost(host)) return null;
    throw new GatewayError(
      "invalid_request",
      `VIDGO_PUBLIC_URL is missing: with HOST=${host} clients come from elsewhere, and links ` +
        "need the address they use. Write for example VIDGO_PUBLIC_URL=https://media.example.com",
    );
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.pathname === "/" && url.search === "" && url.hash === "";
  if (plain && /^https?:$/.test(url.protocol) && url.username === "") return url.origin;
  throw wrong("VIDGO_PUBLIC_URL", text, "an origin without a path: https://media.example.com");
}

/** `VIDGO_BOOTSTRAP_KEY`, or `null`. */
export function readBootstrapKey(text: string): string | null {
  if (text === "") return null;
  const visible = /^[\x21-\x7e]{32,512}$/.test(text);
  if (visible && isPlausibleKey(text)) return text;
  const hint = text.startsWith("vg_")
    ? "a key made by Vidgo, whose checksum is right, or a text that does not start with vg_"
    : "32 to 512 visible ASCII characters without spaces";
  // The key itself is a secret: it is never repeated in a message.
  throw new GatewayError("invalid_request", `VIDGO_BOOTSTRAP_KEY is not usable: write ${hint}`);
}

/** `VIDGO_SECRET`, or `null` for the one in the data folder. */
export function readSecret(text: string, databaseUrl: string | null): string | null {
  if (text.length >= 32) return text;
  if (text !== "") {
    throw new GatewayError(
      "invalid_request",
      `VIDGO_SECRET is too short, ${text.length} of 32 characters: write 32 or more, such as the ` +
        "output of openssl rand -hex 32",
    );
  }
  if (databaseUrl === null) return null;
  throw new GatewayError(
    "invalid_request",
    "VIDGO_SECRET is missing: with DATABASE_URL every process must share one. Write " +
      "VIDGO_SECRET=<the output of openssl rand -hex 32>",
  );
}

/** `DATABASE_URL`, or `null` for the embedded database. */
export function readDatabaseUrl(text: string): string | null {
  if (text === "") return null;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new GatewayError(
    "invalid_request",
    "DATABASE_URL is not a PostgreSQL URL: write postgres://user:password@host/database",
  );
}

/** `VIDGO_OFFLINE_WORKERS`: all cores but one unless said. */
export function readWorkers(text: string): number {
  if (text === "") return Math.max(1, availableParallelism() - 1);
  return readInteger("VIDGO_OFFLINE_WORKERS", text, { min: 1, max: 64 });
}

/** A folder, as an absolute path. */
export function readFolder(name: string, text: string): string {
  // Only a shell knows what ~ means; here it would be the name of a folder.
  if (text.startsWith("~")) throw wrong(name, text, "a path without ~, such as /var/lib/vidgo");
  const path = resolve(text);
  if (Buffer.byteLength(path) <= FOLDER_BYTES_MAX) return path;
  throw new GatewayError(
    "invalid_request",
    `${name} leads to ${path}, which is too long for the socket in it: write a path of at most ` +
      `${FOLDER_BYTES_MAX} bytes, such as /var/lib/vidgo`,
  );
}

/** A socket's path has room for 103 bytes everywhere; `/admin.sock` takes 11. */
const FOLDER_BYTES_MAX = 92;

/** A time in hours, as milliseconds. */
export function readHours(name: string, text: string): number {
  const hours = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (hours > 0 && hours <= 8_760) return Math.round(hours * 3_600_000);
  throw wrong(name, text, "a number of hours above 0, at most 8760");
}

/** A whole number within a range, both ends included. */
export function readInteger(
  name: string,
  text: string,
  range: { readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value;
  throw wrong(name, text, `a whole number from ${range.min} to ${range.max}`);
}

/** Addresses and networks, apart by commas. */
export function readNetworkList(name: string, text: string): readonly string[] {
  const networks = text.split(",").map((network) => network.trim());
  const given = networks.filter((network) => network !== "");
  for (const network of given) {
    const [address = "", bits, ...rest] = network.split("/");
    const most = isIP(address) === 6 ? 128 : 32;
    const isGood = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    if (isIP(address) !== 0 && isGood && rest.length === 0) continue;
    throw wrong(name, network, "addresses or networks such as 10.0.0.0/8, apart by commas");
  }
  return given;
}

/** One of a few words. */
export function readWord<const Word extends string>(
  name: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw wrong(name, text, `one of ${words.join(", ")}`);
}

function wrong(name: string, value: string, wanted: string): GatewayError {
  // Whatever stands before an @ in a URL may be a password.
  const safe = value.replace(/\/\/[^/]*@/, "//…@");
  const shown = safe.length > 60 ? `${safe.slice(0, 60)}…` : safe;
  return new GatewayError("invalid_request", `${name}=${shown} is not usable: write ${wanted}`);
}

/** Whether an address or name means this machine only. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}
