import { isJsonObject, type Json, type JsonObject, parseJson } from "../../src/lib/json.ts";

/** A link that an answer names, with the kind of file that must stand behind it. */
export interface NamedLink {
  readonly url: string;
  readonly family: "audio" | "image" | "video";
  /** Seconds that the answer tells, or `null`. */
  readonly durationS: number | null;
}

/** What an answer of `GET /api/generate/detail/music` has in `files`. */
export interface MusicShape {
  readonly faults: readonly string[];
  readonly links: readonly NamedLink[];
}

/** Checks the items that a music model gives, by the table of the documentation. */
export function readMusicFiles(model: string, files: readonly Json[]): MusicShape {
  const items = files.filter(isJsonObject);
  if (items.length !== files.length || items.length === 0) return broken("files has no items");
  if (SONG_MODELS.has(model)) return readSongs(items);
  const [item] = items;
  const read = READERS[model];
  if (item === undefined || items.length !== 1) return broken(`${items.length} items instead of 1`);
  return read === undefined ? broken("no shape is known") : read(item);
}

const SONG_MODELS: ReadonlySet<string> = new Set([
  "generate-music",
  "extend-music",
  "upload-and-cover-audio",
  "upload-and-extend-audio",
  "add-instrumental",
  "add-vocals",
  "replace-section",
]);

const SONG_MEMBERS = "audio_id audio_url duration image_url prompt tags title";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LRC_LINE = /^\[\d{2}:\d{2}\.\d{2}\] ?/;

type Read = (item: JsonObject) => MusicShape;

const READERS: Readonly<Record<string, Read>> = {
  "get-timestamped-lyrics": text({
    timestampe_lyrics: (value) => value.split("\n").every((line) => LRC_LINE.test(line)),
  }),
  "generate-lyrics": text({ title: filled, text: filled }),
  "boost-music-style": text({ style: filled }),
  "generate-persona": text({ persona_id: filled }),
  "convert-to-wav": link("wav_url", "audio"),
  "create-music-video": link("video_url", "video"),
  "separate-vocals": bundle("separate_vocals", "instrumental_url vocal_url"),
  "upload-and-separate-vocals": bundle("vocal_removal", "bass drums guitar other piano vocals"),
  "stem-split": bundle(
    "stem_split",
    "backing_vocals_url bass_url brass_url drums_url fx_url guitar_url keyboard_url " +
      "percussion_url strings_url synth_url vocal_url woodwinds_url",
  ),
  "generate-music-cover": readCovers,
};

function readSongs(items: readonly JsonObject[]): MusicShape {
  const faults = items.flatMap((item) => {
    const found: string[] = [];
    const members = membersOf(item);
    if (members !== SONG_MEMBERS) found.push(`members ${members}`);
    if (!UUID.test(textOf(item.audio_id))) found.push("audio_id is no UUID");
    if (typeof item.duration !== "number" || item.duration <= 0) found.push("no duration");
    if (!filled(textOf(item.title)) || !filled(textOf(item.tags))) found.push("no title or tags");
    return found;
  });
  const links = items.flatMap((item): readonly NamedLink[] => [
    {
      url: textOf(item.audio_url),
      family: "audio",
      durationS: typeof item.duration === "number" ? item.duration : null,
    },
    { url: textOf(item.image_url), family: "image", durationS: null },
  ]);
  return { faults, links };
}

function text(members: Readonly<Record<string, (value: string) => boolean>>): Read {
  return (item) => {
    const faults = expectMembers(item, Object.keys(members).sort().join(" "));
    for (const [name, holds] of Object.entries(members)) {
      if (!holds(textOf(item[name]))) faults.push(`${name} is ${JSON.stringify(item[name])}`);
    }
    return { faults, links: [] };
  };
}

function link(member: string, family: NamedLink["family"]): Read {
  return (item) => ({
    faults: expectMembers(item, member),
    links: [{ url: textOf(item[member]), family, durationS: null }],
  });
}

/** A JSON string of an object whose values are links or empty. */
function bundle(member: string, names: string): Read {
  return (item) => {
    const faults = expectMembers(item, member);
    const inner = parseJson(textOf(item[member]));
    if (!isJsonObject(inner)) return broken(`${member} is no JSON string of an object`);
    // A piano stem is the one that the page names beside its twelve.
    const members = membersOf(inner).replace("piano_url ", member === "stem_split" ? "" : "$&");
    if (members !== names) faults.push(`${member} has ${members}`);
    const urls = Object.values(inner).map(textOf);
    const links = urls
      .filter(filled)
      .map((url) => ({ url, family: "audio", durationS: null }) as const);
    // A separation may be asked for one part alone.
    if (links.length < (member === "vocal_removal" ? 1 : 2)) {
      faults.push(`${member} has ${links.length} links`);
    }
    return { faults, links };
  };
}

function readCovers(item: JsonObject): MusicShape {
  const faults = expectMembers(item, "generate_cover");
  const inner = parseJson(textOf(item.generate_cover));
  if (!Array.isArray(inner)) return broken("generate_cover is no JSON string of a list");
  const covers = inner.filter(isJsonObject);
  if (covers.length !== 2) faults.push(`${covers.length} covers instead of 2`);
  for (const cover of covers) {
    faults.push(...expectMembers(cover, "file_type file_url"));
    if (cover.file_type !== "image") faults.push(`file_type is ${cover.file_type}`);
  }
  const links = covers.map(
    (cover) => ({ url: textOf(cover.file_url), family: "image", durationS: null }) as const,
  );
  return { faults, links };
}

function expectMembers(item: JsonObject, names: string): string[] {
  return membersOf(item) === names ? [] : [`members ${membersOf(item)} instead of ${names}`];
}

function membersOf(item: JsonObject): string {
  return Object.keys(item).sort().join(" ");
}

function filled(value: string): boolean {
  return value.trim() !== "";
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function broken(fault: string): MusicShape {
  return { faults: [fault], links: [] };
}
