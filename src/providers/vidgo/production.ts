import type {
  Artifact,
  ArtifactSource,
  Creation,
  MediaKind,
  Output,
  Production,
} from "../../core/outcome.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../lib/json.ts";
import { costPart } from "../cost.ts";
import { listAt, numberAt, textAt } from "../reading.ts";
import { textOf } from "./wire.ts";

/** Where a result comes from. */
export interface ProductionSource {
  /** The host's task id. */
  readonly taskId: string;
  /** What the model makes: `image`, `video` or `music`. */
  readonly media: string;
  readonly baseUrl: string;
}

/**
 * Reads the `files` of a finished task, in every shape that the API documents; `null` when an item
 * has none of them, so that nothing of a result is left behind.
 */
export function readProduction(data: JsonObject, source: ProductionSource): Production | null {
  const gathering: Gathering = { source, artifacts: [], creations: [] };
  const outputs = listAt(data, "files").map((item) => readItem(item, gathering));
  const known = outputs.filter((output) => output !== null);
  if (known.length < outputs.length) return null;
  const { artifacts, creations } = gathering;
  const meta = { upstream_task: source.taskId };
  // Hosts that round what they show may tell the exact amount beside it.
  const cost = costPart(textAt(data, "credits") ?? numberAt(data, "credits_amount"), "credits");
  return { artifacts, outputs: known, creations, meta, ...cost };
}

interface Gathering {
  readonly source: ProductionSource;
  readonly artifacts: Artifact[];
  readonly creations: Creation[];
}

function readItem(item: Json, gathering: Gathering): Output | null {
  if (!isJsonObject(item)) return null;
  if (textAt(item, "audio_url") !== null) return readTrack(item, gathering);
  const url = textAt(item, "file_url");
  if (url !== null) {
    const isVideo = item.file_type === "video";
    const media = isVideo ? "video" : "image";
    return { kind: "media", media, file: keep(gathering, url, media) };
  }
  for (const [field, value] of Object.entries(item)) {
    if (typeof value !== "string") continue;
    const special = readField(field, value, gathering);
    if (special !== null) return special;
  }
  return readText(item, gathering);
}

function readTrack(item: JsonObject, gathering: Gathering): Output {
  const audioId = textOf(item, "audio_id");
  const imageUrl = textAt(item, "image_url");
  const audio = keep(gathering, textOf(item, "audio_url"), "audio");
  const image = imageUrl === null ? null : keep(gathering, imageUrl, "image");
  gathering.creations.push({
    id: audioId,
    kind: "audio",
    file: audio,
    ref: { id: audioId, task_id: gathering.source.taskId },
  });
  return {
    kind: "track",
    audioId,
    audio,
    image,
    title: textOf(item, "title"),
    tags: textOf(item, "tags"),
    durationS: numberAt(item, "duration") ?? 0,
    prompt: textOf(item, "prompt"),
  };
}

const BUNDLES: ReadonlySet<string> = new Set(["separate_vocals", "vocal_removal", "stem_split"]);

/** One URL under a name of its own, or a JSON text with several. */
function readField(field: string, value: string, gathering: Gathering): Output | null {
  if (field === "wav_url" || field === "video_url") {
    const media = field === "wav_url" ? "audio" : "video";
    return { kind: "link", field, file: keep(gathering, value, media) };
  }
  if (field === "generate_cover") {
    const urls = listAt(parseJson(value)).flatMap((each) => textAt(each, "file_url") ?? []);
    return { kind: "images", field, files: urls.map((url) => keep(gathering, url, "image")) };
  }
  const parts = BUNDLES.has(field) ? parseJson(value) : undefined;
  if (!isJsonObject(parts)) return null;
  const files = Object.entries(parts).map(([name, url]) => [
    name,
    typeof url === "string" && url !== "" ? keep(gathering, url, "audio") : null,
  ]);
  return { kind: "bundle", field, files: Object.fromEntries(files) };
}

function readText(item: JsonObject, gathering: Gathering): Output | null {
  const fields = Object.entries(item).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  if (fields.length === 0) return null;
  const personaId = textAt(item, "persona_id");
  if (personaId !== null) {
    const ref = { id: personaId, task_id: gathering.source.taskId };
    gathering.creations.push({ id: personaId, kind: "persona", file: null, ref });
  }
  return { kind: "text", fields: Object.fromEntries(fields) };
}

/** Notes an artifact and gives its position. */
function keep(gathering: Gathering, url: string, media: MediaKind): number {
  gathering.artifacts.push({ source: sourceOf(url, gathering.source.baseUrl), media });
  return gathering.artifacts.length - 1;
}

/** The host's own links go through the account; those of a storage service are plain. */
function sourceOf(url: string, baseUrl: string): ArtifactSource {
  const isOwn = URL.parse(url)?.origin === URL.parse(baseUrl)?.origin;
  return isOwn ? { kind: "upstream", ref: { url } } : { kind: "url", url };
}
