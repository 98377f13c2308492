import { GatewayError } from "../core/error.ts";
import type { Environment } from "../lib/environment.ts";
import { createCatalogue } from "../models/catalogue.ts";
import type { Provider } from "../providers/provider.ts";
import type { ActiveProvider } from "../providers/registry.ts";
import { vidgoProvider } from "../providers/vidgo/provider.ts";
import { readWord } from "./read-value.ts";
import { settingOf } from "./settings.ts";

/**
 * The providers that the environment sets up, in the order in which their routes are tried. A key
 * that is there switches its provider on.
 * @throws {GatewayError} `invalid_request` naming the setting and what to write instead.
 */
export function activateProviders(environment: Environment): readonly ActiveProvider[] {
  const read = (name: string): string => settingOf(environment, name);
  return SETUPS.flatMap((setup) => setup(read) ?? []);
}

/** Reads one setting; `""` when it is not there. */
type Read = (name: string) => string;

/** Makes a provider of its settings, or `null` when it is not wanted. */
type Setup = (read: Read) => ActiveProvider | null;

const SETUPS: readonly Setup[] = [setUpVidgo];

function setUpVidgo(read: Read): ActiveProvider | null {
  const baseUrl = readBaseUrl(read, "VIDGO_UPSTREAM_URL");
  if (baseUrl === null) return null;
  const key = required(read, "VIDGO_UPSTREAM_KEY", "VIDGO_UPSTREAM_URL");
  const name = "VIDGO_UPSTREAM_RESUBMIT";
  const resubmit = readWord(name, read(name), ["blind", "idempotency-key"]);
  const models = createCatalogue().models.map(({ id, media }) => [id, media] as const);
  const provider = vidgoProvider({ models: Object.fromEntries(models), resubmit });
  return withAccount(provider, { baseUrl, key });
}

function withAccount(
  provider: Provider,
  { baseUrl, key }: { readonly baseUrl: string; readonly key: string },
): ActiveProvider {
  return { provider, accounts: [{ id: "environment", baseUrl, secret: { key } }] };
}

function readBaseUrl(read: Read, name: string): string | null {
  const text = read(name);
  if (text === "") return null;
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === "" && url.hash === "" && url.username === "";
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  throw new GatewayError(
    "invalid_request",
    `${name}=${text.slice(0, 60)} is not usable: write an address such as https://api.example.com`,
  );
}

function required(read: Read, name: string, because: string): string {
  const value = read(name);
  if (value !== "") return value;
  throw new GatewayError("invalid_request", `${name} is missing: ${because} needs the key to use`);
}
