import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ErrorObject } from "ajv/dist/2020.js";
import { loadAjv } from "../lib/ajv.ts";
import type { Environment } from "../lib/environment.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { findJsonFault } from "../lib/json-fault.ts";
import { at, listAt, numberAt, textAt, textsAt } from "../providers/reading.ts";
import type { SettingsFault } from "../providers/route-plan.ts";
import type {
  AccountSettings,
  MappingSettings,
  RouteSettings,
  UpstreamSettings,
} from "../providers/settings.ts";
import { CONFIG_SCHEMA } from "./config-schema.ts";
import { settingOf } from "./settings.ts";

/** The operator's file, read. */
export interface ConfigFile {
  /** Its name as it was given, for messages. */
  readonly name: string;
  readonly upstreams: UpstreamSettings;
  /** What it says of prices, by model. */
  readonly prices: Readonly<Record<string, PriceSetting>>;
  /** All mistakes; what they concern is left out. */
  readonly faults: readonly SettingsFault[];
}

/** Credits for each unit. */
export interface PriceSetting {
  readonly unit: "per_request" | "per_image" | "per_second";
  readonly credits: number;
}

/** Reads the file that `VIDGO_CONFIG` names; an absent one of the default name is an empty one. */
export function readConfigFile(environment: Environment): ConfigFile {
  const name = settingOf(environment, "VIDGO_CONFIG");
  const path = resolve(name);
  if (!existsSync(path)) {
    const isDefault = name === settingOf({}, "VIDGO_CONFIG");
    const message = " does not exist; VIDGO_CONFIG names it";
    return parseConfig(name, {}, isDefault ? [] : [{ path: "", message }]);
  }
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const value = parseJson(text);
  if (value !== undefined) return parseConfig(name, value, schemaFaults(value));
  const fault = findJsonFault(text);
  const place = fault === null ? "" : ` at line ${fault.line}, column ${fault.column}`;
  return parseConfig(name, {}, [{ path: "", message: ` is not JSON${place}` }]);
}

/** Where a JSON value breaks the schema of the file, a sentence for each mistake. */
export function schemaFaults(value: Json): readonly SettingsFault[] {
  const Ajv = loadAjv();
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  const validate = ajv.compile(CONFIG_SCHEMA);
  if (validate(value)) return [];
  const faults = new Map<string, SettingsFault>();
  for (const error of validate.errors ?? []) {
    const fault = faultOf(error);
    // Of several errors at one place the first says it.
    if (fault !== null && !faults.has(fault.path)) faults.set(fault.path, fault);
  }
  return [...faults.values()];
}

function parseConfig(name: string, value: Json, faults: readonly SettingsFault[]): ConfigFile {
  // A place that breaks the schema is not read any further.
  const config = faults.length === 0 ? value : {};
  return {
    name,
    faults,
    upstreams: {
      order: textsAt(config, "order"),
      substitute: textsAt(config, "substitute"),
      accounts: entriesAt(config, "accounts").map(([id, account]) => readAccount(id, account)),
      routes: Object.fromEntries(
        entriesAt(config, "routes").map(([model, routes]) => [
          model,
          listAt(routes).map(readRoute),
        ]),
      ),
    },
    prices: Object.fromEntries(
      entriesAt(config, "prices").map(([model, price]) => [model, readPrice(price)]),
    ),
  };
}

function entriesAt(value: Json, name: string): readonly (readonly [string, Json])[] {
  const found = at(value, name);
  return Object.entries(isJsonObject(found) ? found : {}).map(([key, each]) => [key, each ?? null]);
}

function readAccount(id: string, value: Json): AccountSettings {
  return {
    id,
    provider: textAt(value, "provider") ?? "",
    keyVariable: textAt(value, "key_env"),
    baseUrl: textAt(value, "base_url"),
    limits: {
      concurrencyMax: numberAt(value, "concurrency"),
      perMinuteMax: numberAt(value, "rate_per_minute"),
    },
  };
}

function readRoute(value: Json): RouteSettings {
  const substitute = textAt(value, "substitute");
  return {
    provider: textAt(value, "provider") ?? "",
    account: textAt(value, "account"),
    upstreamModel: textAt(value, "upstream_model"),
    onAmbiguous: textAt(value, "on_ambiguous") === "retry" ? "retry" : "fail",
    substitute: substitute === "allow" || substitute === "none" ? substitute : null,
    mapping: readMapping(at(value, "mapping")),
  };
}

function readMapping(value: Json | undefined): MappingSettings | null {
  if (value === undefined) return null;
  return {
    input: at(value, "input") ?? {},
    output: textAt(value, "output") ?? "",
    ignore: textsAt(value, "ignore"),
    recorded: textAt(value, "recorded"),
  };
}

const UNITS = ["per_request", "per_image", "per_second"] as const;

function readPrice(value: Json): PriceSetting {
  const unit = UNITS.find((name) => at(value, name) !== undefined) ?? "per_request";
  return { unit, credits: numberAt(value, unit) ?? numberAt(value) ?? 0 };
}

function faultOf(error: ErrorObject): SettingsFault | null {
  const path = pathOf(error.instancePath);
  const { params, parentSchema } = error;
  // What is wrong inside an alternative or with a name is said by the one that holds it.
  if (error.schemaPath.includes("/anyOf/") || error.propertyName !== undefined) return null;
  switch (error.keyword) {
    case "additionalProperties": {
      const known = Object.keys(isJsonObject(parentSchema) ? propertiesOf(parentSchema) : {});
      const message = ` is unknown; known are ${known.join(", ")}`;
      return { path: joined(path, String(params.additionalProperty)), message };
    }
    case "required":
      return { path: joined(path, String(params.missingProperty)), message: " is missing" };
    case "propertyNames":
      return {
        path: joined(path, String(params.propertyName)),
        message: " is no name; use small letters, digits and hyphens",
      };
    case "enum":
      return { path, message: ` must be one of ${params.allowedValues.join(", ")}` };
    case "type":
      return { path, message: ` must be ${article([params.type].flat().join(" or "))}` };
    case "pattern":
      return { path, message: ` is not usable; ${wantedBy(String(params.pattern))}` };
    case "anyOf":
      return {
        path,
        message: " must be 0 or more, or one of per_request, per_image, per_second",
      };
    case "uniqueItems":
      return { path, message: " must not name anything twice" };
    default:
      return { path, message: ` ${error.message ?? "is wrong"}` };
  }
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema.properties) ? schema.properties : {};
}

/** `/routes/sora-2/0/provider` as `routes.sora-2[0].provider`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : joined(path, step)), "");
}

function joined(path: string, step: string): string {
  return path === "" ? step : `${path}.${step}`;
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function wantedBy(pattern: string): string {
  if (pattern.startsWith("^https?")) return "write an address such as http://127.0.0.1:8001";
  if (pattern.startsWith("^[A-Z]")) return "write the name of a variable, such as OPENAI_KEY_2";
  return "use small letters, digits and hyphens";
}
