import { GatewayError } from "../core/error.ts";
import type { Environment } from "../lib/environment.ts";
import { createCatalogue } from "../models/catalogue.ts";
import type { Model, ModelMedia, Price } from "../models/model.ts";
import { perImage, perRequest, perSecond } from "../models/price.ts";
import { a1111Provider } from "../providers/a1111/provider.ts";
import { aceStep } from "../providers/ace-step/provider.ts";
import { activateProviders, type Offer, type StoredAccount } from "../providers/activate.ts";
import { byteplus } from "../providers/byteplus/provider.ts";
import { comfyuiProvider } from "../providers/comfyui/provider.ts";
import { dashscope } from "../providers/dashscope/provider.ts";
import { elevenlabs } from "../providers/elevenlabs/provider.ts";
import { falProvider } from "../providers/fal/provider.ts";
import { gemini } from "../providers/gemini/provider.ts";
import { kieProvider } from "../providers/kie/provider.ts";
import { kling } from "../providers/kling/provider.ts";
import type { MappedOptions } from "../providers/mapped.ts";
import { minimax } from "../providers/minimax/provider.ts";
import { openaiImages } from "../providers/openai-images/provider.ts";
import { openaiVideosProvider } from "../providers/openai-videos/provider.ts";
import { openrouter } from "../providers/openrouter/provider.ts";
import type { OwnServerOptions } from "../providers/own-server.ts";
import type { Provider } from "../providers/provider.ts";
import type { Upstreams } from "../providers/registry.ts";
import { replicateProvider } from "../providers/replicate/provider.ts";
import type { SettingsFault } from "../providers/route-plan.ts";
import { runway } from "../providers/runway/provider.ts";
import { sdServerProvider } from "../providers/sd-server/provider.ts";
import type { AccountLimits } from "../providers/settings.ts";
import { vidgoProvider } from "../providers/vidgo/provider.ts";
import { xai } from "../providers/xai/provider.ts";
import { type ConfigFile, type PriceSetting, readConfigFile } from "./config-file.ts";
import { readMappings } from "./mappings.ts";
import { readInteger, readWord } from "./read-value.ts";
import { settingOf } from "./settings.ts";

/** Every provider but the offline engine, in the order in which their routes are tried. */
export function offersFrom(environment: Environment, mapped: Mapped = []): readonly Offer[] {
  return [
    hosted(openaiImages, "OPENAI_API_KEY", "https://api.openai.com/v1"),
    hosted(xai, "XAI_API_KEY", "https://api.x.ai/v1"),
    hosted(elevenlabs, "ELEVENLABS_API_KEY", "https://api.elevenlabs.io"),
    hosted(gemini, "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta"),
    hosted(kling, "KLING_API_KEY", "https://api-singapore.klingai.com"),
    hosted(runway, "RUNWAY_API_KEY", "https://api.dev.runwayml.com"),
    hosted(byteplus, "ARK_API_KEY", "https://ark.ap-southeast.bytepluses.com/api/v3"),
    hosted(minimax, "MINIMAX_API_KEY", "https://api.minimax.io"),
    hosted(dashscope, "DASHSCOPE_API_KEY", "https://dashscope-intl.aliyuncs.com"),
    ownServer(aceStep, "ACE_STEP_URL"),
    ownModels(sdServerProvider, "SD_SERVER_URL", environment),
    { ...ownModels(a1111Provider, "A1111_URL", environment), limits: ONE_AT_A_TIME },
    comfyui(environment, mapped),
    openaiVideos(environment),
    hosted(falProvider(mappedBy(mapped)), "FAL_KEY", "https://queue.fal.run"),
    hosted(openrouter, "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
    hosted(replicateProvider(mappedBy(mapped)), "REPLICATE_API_TOKEN", REPLICATE),
    kie(environment),
    vidgo(environment),
  ];
}

/** Its progress and its interruption are of the whole process, and so is its work. */
const ONE_AT_A_TIME: AccountLimits = { concurrencyMax: 1, perMinuteMax: null };

type Mapped = MappedOptions["routes"];

/** Those whose routes are told by data. */
const MAPPED = ["comfyui", "fal", "replicate"] as const;
const REPLICATE = "https://api.replicate.com/v1";

function mappedBy(routes: Mapped): MappedOptions {
  return { routes, media: mediaOfAll() };
}

/** What is said about upstreams, and the prices that replace those of the catalogue. */
export interface UpstreamConfig {
  readonly upstreams: Upstreams;
  readonly prices: Readonly<Record<string, Price>>;
  /** The same with accounts that were added while the gateway runs. */
  readonly withAccounts: (stored: readonly StoredAccount[]) => Upstreams;
}

/**
 * The providers that the environment and the operator's file set up. A key that is there switches
 * its provider on.
 * @throws {GatewayError} `invalid_request` with a line for each mistake and what to write instead.
 */
export function readUpstreams(environment: Environment): UpstreamConfig {
  const file = readConfigFile(environment);
  const faults: SettingsFault[] = [];
  const { mapped, faults: mappingFaults } = readMappings(file, MAPPED);
  faults.push(...mappingFaults);
  const offers = offersFrom(environment, mapped);
  const settings = file.upstreams;
  const upstreams = activateProviders(offers, { environment, settings, faults });
  const { prices, faults: priceFaults } = readPrices(file);
  const inFile = [...file.faults, ...faults.filter(isOfFile), ...priceFaults];
  const lines = [
    ...inFile.map(({ path, message }) => `${file.name}: ${path}${message}`.replace(":  ", " ")),
    ...faults.filter((fault) => !isOfFile(fault)).map(({ path, message }) => `${path}${message}`),
  ];
  if (lines.length > 0) throw new GatewayError("invalid_request", lines.join("\n"));
  return {
    upstreams: { ...upstreams, mapped },
    prices,
    withAccounts(stored) {
      const source = { environment, settings, faults: [], stored };
      return { ...activateProviders(offers, source), mapped };
    },
  };
}

/** Variables are written in capitals, members of the file are not. */
function isOfFile({ path }: SettingsFault): boolean {
  return !/^[A-Z]/.test(path);
}

function readPrices({ prices, upstreams }: ConfigFile): {
  readonly prices: UpstreamConfig["prices"];
  readonly faults: readonly SettingsFault[];
} {
  const catalogue = createCatalogue();
  const faults: SettingsFault[] = [];
  const read = Object.entries(prices).flatMap(([id, { unit, credits }]) => {
    const model = catalogue.find(id);
    const needed = unit === "per_image" ? "n" : unit === "per_second" ? "duration" : null;
    const members = Object.keys(Object(model?.input.properties));
    if (model !== null && (needed === null || members.includes(needed))) {
      return [[id, priceBy(unit, credits, model)] as const];
    }
    const message = model === null ? UNKNOWN_MODEL : ` cannot be ${unit}: it has no ${needed}`;
    faults.push({ path: `prices.${id}`, message });
    return [];
  });
  for (const id of Object.keys(upstreams.routes)) {
    if (catalogue.find(id) !== null) continue;
    faults.push({ path: `routes.${id}`, message: UNKNOWN_MODEL });
  }
  return { prices: Object.fromEntries(read), faults };
}

function priceBy(unit: PriceSetting["unit"], credits: number, { timing }: Model): Price {
  if (unit === "per_second") return perSecond(credits, timing);
  return unit === "per_image" ? perImage(credits) : perRequest(credits);
}

const UNKNOWN_MODEL = " is no model; docs/reference/models.md lists them all";

/** `OPENAI_API_KEY` goes with `OPENAI_BASE_URL`, which alone activates a server without keys. */
function hosted(provider: Provider, keyVariable: string, baseUrl: string): Offer {
  const urlVariable = keyVariable.replace(/_(API_KEY|API_TOKEN|KEY)$/, "_BASE_URL");
  return { provider, keyVariable, urlVariable, baseUrl, key: "hosted" };
}

/** `ACE_STEP_URL` goes with `ACE_STEP_API_KEY`, where the server asks for one. */
function ownServer(provider: Provider, urlVariable: string): Offer {
  const keyVariable = urlVariable.replace(/_URL$/, "_API_KEY");
  return { provider, keyVariable, urlVariable, baseUrl: null, key: "hosted" };
}

/** `SD_SERVER_URL` goes with `SD_SERVER_MODELS`: only the operator knows what runs there. */
function ownModels(
  provider: (options: OwnServerOptions) => Provider,
  urlVariable: string,
  environment: Environment,
): Offer {
  const name = urlVariable.replace(/_URL$/, "_MODELS");
  const models = readPairs(name, settingOf(environment, name), ["image", "video"]);
  return { ...ownServer(provider({ models, media: mediaOfAll() }), urlVariable), standsIn: true };
}

function mediaOfAll(): OwnServerOptions["media"] {
  return Object.fromEntries(createCatalogue().models.map(({ id, media }) => [id, media]));
}

function kie(environment: Environment): Offer {
  const name = "KIE_MODELS";
  const models = readPairs(name, settingOf(environment, name), ["video", "music"]);
  const provider = kieProvider({ models, media: mediaOfAll() });
  return { ...hosted(provider, "KIE_API_KEY", "https://api.kie.ai"), standsIn: true };
}

function comfyui(environment: Environment, mapped: Mapped): Offer {
  const [api, resubmit] = ["COMFYUI_API", "COMFYUI_RESUBMIT"] as const;
  const provider = comfyuiProvider({
    ...mappedBy(mapped),
    api: readWord(api, settingOf(environment, api), ["classic", "v2"]),
    resubmit: readWord(resubmit, settingOf(environment, resubmit), ["find", "free"]),
  });
  return ownServer(provider, "COMFYUI_URL");
}

function openaiVideos(environment: Environment): Offer {
  const read = (name: string): string => settingOf(environment, name);
  const name = "OPENAI_VIDEOS_RESUBMIT";
  const grace = "OPENAI_VIDEOS_GRACE_SECONDS";
  return {
    provider: openaiVideosProvider({
      models: readPairs("OPENAI_VIDEOS_MODELS", read("OPENAI_VIDEOS_MODELS"), ["video"]),
      resubmit: readWord(name, read(name), ["reconcile", "blind", "free"]),
      graceMs: 1_000 * readInteger(grace, read(grace), { min: 1, max: 3_600 }),
    }),
    keyVariable: "OPENAI_VIDEOS_API_KEY",
    urlVariable: "OPENAI_VIDEOS_BASE_URL",
    baseUrl: null,
    key: "hosted",
    standsIn: true,
  };
}

/** `sora-2=wan-2.2,grok-imagine=ltx-2`, each on the left a model of the catalogue. */
function readPairs(
  name: string,
  text: string,
  makes: readonly ModelMedia[],
): Readonly<Record<string, string>> {
  const catalogue = createCatalogue();
  const pairs = text.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [model = "", upstreamModel = ""] = pair.split("=").map((part) => part.trim());
      const found = catalogue.find(model);
      if (found !== null && makes.includes(found.media) && upstreamModel !== "") {
        return [model, upstreamModel];
      }
      throw new GatewayError(
        "invalid_request",
        `${name}: ${pair.slice(0, 60)} is not usable: write pairs of a model of ` +
          `${makes.join(" or ")} and the server's name for it, such as sora-2=wan-2.2`,
      );
    }),
  );
}

function vidgo(environment: Environment): Offer {
  const name = "VIDGO_UPSTREAM_RESUBMIT";
  const resubmit = readWord(name, settingOf(environment, name), ["blind", "idempotency-key"]);
  return {
    provider: vidgoProvider({ models: mediaOfAll(), resubmit }),
    keyVariable: "VIDGO_UPSTREAM_KEY",
    urlVariable: "VIDGO_UPSTREAM_URL",
    baseUrl: null,
    key: "always",
  };
}
