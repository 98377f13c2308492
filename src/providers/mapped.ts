import { mediaUrls } from "../core/media-urls.ts";
import type { ArtifactSource, MediaKind, Production } from "../core/outcome.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { nameUuid } from "../lib/name-uuid.ts";
import type { ModelMedia } from "../models/model.ts";
import { refusedInput } from "./answer.ts";
import { type OpenBody, readBody, writeBody } from "./body-files.ts";
import { linkSource, mediaProduction } from "./carry.ts";
import { fillTemplate, type Mapping, membersOf, SEED, valuesAt } from "./mapping.ts";
import type { Preparation, ProviderContext, ProviderRequest } from "./provider.ts";
import { isPublicUrl, mustBePublic } from "./reach.ts";
import { numberAt, objectAt, textAt } from "./reading.ts";
import { songFacts, songProduction } from "./songs.ts";

// What providers share whose routes are told by data.

/** A mapping and the route that it is for. */
export interface MappedRoute {
  readonly provider: string;
  readonly model: string;
  readonly upstreamModel: string;
  readonly mapping: Mapping;
  /** An answer of the upstream as it once was, to try the path of results on, or `null`. */
  readonly recorded: Json;
}

/** What such a provider needs to be used. */
export interface MappedOptions {
  readonly routes: readonly MappedRoute[];
  /** What every model of the catalogue makes. */
  readonly media: Readonly<Record<string, ModelMedia>>;
  /** Whether it is a server of the operator's own, that is sent files and never told a URL. */
  readonly isOwn?: true;
}

/** What is stored before the submit. */
export interface PreparedMapped extends OpenBody {
  readonly marker: string;
  readonly model: string;
  readonly result: ResultPlan;
}

/** What is known of a result before there is one; stands as `result` in the operation, as JSON. */
export type ResultPlan = {
  readonly output: string;
  readonly media: MediaKind;
  /** What songs are told with; empty for others. */
  readonly song: JsonObject;
};

/** Fills the template of a route; what has no place in it is refused. */
export function prepareMapped(
  provider: string,
  request: ProviderRequest,
  options: MappedOptions,
): Preparation {
  const { input, model, upstreamModel, marker } = request;
  const route = options.routes.find(
    (each) =>
      each.provider === provider && each.model === model && each.upstreamModel === upstreamModel,
  );
  if (route === undefined)
    return refusedInput("the route to this provider has no mapping any more");
  const { mapping } = route;
  const used = membersOf(mapping.input);
  const given = Object.keys(input).filter((name) => input[name] !== undefined);
  const strange = given.find((name) => !used.has(name) && !mapping.ignore.includes(name));
  if (strange !== undefined) return refusedInput(`${strange} is not supported by this provider`);
  const filled = fillTemplate(mapping.input, { ...input, [SEED]: seedOf(marker) });
  if (filled.kind === "refused") return refusedInput(filled.message);
  const named = namedFault(filled.body, input, options);
  if (named !== null) return refusedInput(named);
  const media = options.media[model] ?? "image";
  const song = media === "music" ? songFacts(input, marker) : {};
  const result = { output: mapping.output, media: media === "music" ? "audio" : media, song };
  const { body, files } = filled;
  const notes = mapping.ignore
    .filter((name) => given.includes(name) && !used.has(name))
    .map((name) => `${name} has no equivalent and is left out`);
  const prepared = { marker, model: upstreamModel, ...writeBody({ body, files }), result };
  return { kind: "ready", prepared, notes };
}

/** What is wrong with a file that the template names by its URL; `null` for nothing. */
function namedFault(
  body: Json,
  input: JsonObject,
  { isOwn }: Pick<MappedOptions, "isOwn">,
): string | null {
  const text = JSON.stringify(body);
  const named = mediaUrls(input).filter(({ url }) => text.includes(inText(url)));
  const hidden = named.find(({ url }) => isOwn === true || !isPublicUrl(url));
  if (hidden === undefined) return null;
  return isOwn === true
    ? `${hidden.field} is named by its URL in the route's mapping; write |file to send the file`
    : mustBePublic(hidden.field);
}

/** A URL as it stands within JSON. */
function inText(url: string): string {
  return JSON.stringify(url).slice(1, -1);
}

/** Below 2^32, the same for the same attempt. */
function seedOf(marker: string): number {
  return Number.parseInt(nameUuid(`${marker}:seed`).slice(0, 8), 16);
}

/** Reads back what is stored. */
export function readMapped(prepared: Json): PreparedMapped {
  return {
    marker: textAt(prepared, "marker") ?? "",
    model: textAt(prepared, "model") ?? "",
    ...readBody(prepared),
    result: readPlan(prepared),
  };
}

/** Reads the plan of a result from an operation or a stored request. */
export function readPlan(holder: Json): ResultPlan {
  const media = textAt(holder, "result", "media");
  return {
    output: textAt(holder, "result", "output") ?? "",
    media: media === "video" || media === "audio" ? media : "image",
    song: objectAt(holder, "result", "song"),
  };
}

/** Reads what an answer holds at the path of its results: links, or links within objects. */
export function productionFrom(
  answer: Json,
  operation: Json,
  context: ProviderContext,
): Production {
  const plan = readPlan(operation);
  const found = valuesAt(answer, plan.output);
  const sources = found.flatMap((each): readonly ArtifactSource[] => {
    const url = typeof each === "string" ? each : textAt(each, "url");
    return url === null || !/^https?:/.test(url) ? [] : [linkSource(url, context)];
  });
  return producedAs(plan, sources);
}

/** The production of results that have been found. */
export function producedAs(plan: ResultPlan, sources: readonly ArtifactSource[]): Production {
  const { media, song } = plan;
  if (media !== "audio") return mediaProduction(media, sources, null);
  const text = (name: string): string => textAt(song, name) ?? "";
  const [title, tags, prompt] = [text("title"), text("tags"), text("prompt")];
  const durationS = numberAt(song, "duration") ?? 0;
  const songs = sources.map((source) => ({ source, durationS, title, tags, prompt, ref: null }));
  return songProduction(text("marker"), songs, null);
}
