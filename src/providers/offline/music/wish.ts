import { isJsonObject } from "../../../lib/json.ts";
import type { RenderJob } from "../job.ts";
import { chanceOf, hashText } from "./chance.ts";
import { readDuration, type Wish } from "./compose/brief.ts";
import { USUAL_S } from "./compose/form.ts";
import { inputOf } from "./input.ts";
import { readSinger, type Singer } from "./score.ts";
import { type LyricSection, readLyrics, themesOf, titleCase, writeLyrics } from "./text/lyrics.ts";

/** What differs between the models that compose. */
export interface WishOptions {
  readonly seed: number;
  /** Nobody sings. */
  readonly instrumental: boolean;
  /** The prompt is the lyrics; otherwise an idea. */
  readonly lyrics: boolean;
  /** Used when the input names no title or no style. */
  readonly title?: string;
  readonly style?: string;
}

/** Reads the members that all composing models share into a wish. */
export function wishOf(job: RenderJob, options: WishOptions): Wish {
  const input = inputOf(job);
  const prompt = input.text("prompt");
  const persona = personaOf(job);
  const style = [
    input.text("style") || input.text("tags") || (options.style ?? ""),
    persona?.style ?? "",
  ];
  const described = style.filter((part) => part !== "").join(", ");
  const idea = [prompt, input.text("title"), described].join(" ");
  const written = options.lyrics ? readLyrics(prompt) : [];
  const sung = written.some((section) => section.lines.length > 0);
  const drawn = writeLyrics(
    options.lyrics && !sung ? `${input.text("title")} ${described}` : prompt || idea,
    job.seed,
    sizeFor(idea),
  );
  return {
    seed: options.seed,
    title: input.text("title") || options.title || titleFor(prompt, drawn.title),
    style: described,
    prompt,
    negative: input.text("negative_tags"),
    styleWeight: input.number("style_weight"),
    weirdness: input.number("weirdness_constraint"),
    singer: options.instrumental ? null : (persona?.singer ?? singerFor(job)),
    lyrics: options.instrumental ? [] : sung ? written : drawn.sections,
    promptIsLyrics: sung,
  };
}

/** The seed of the nth variation of a task. */
export function variationSeed(job: RenderJob, index: number): number {
  return index === 0 ? job.seed : hashText(`${job.seed}:variation:${index}`);
}

/** About twenty seconds go to a section with words. */
function sizeFor(idea: string): number {
  const seconds = readDuration(idea.toLowerCase()) ?? USUAL_S;
  return Math.min(6, Math.max(1, Math.round((seconds - 12) / 20)));
}

function titleFor(prompt: string, drawn: string): string {
  const words = themesOf(prompt);
  return prompt.trim() === "" ? titleCase(words.join(" ")) : drawn;
}

/** Draws a voice; `vocal_gender` is a hint that is kept. */
export function singerFor(job: RenderJob): Singer {
  const chance = chanceOf(job.seed, "singer");
  const asked = inputOf(job).text("vocal_gender");
  const words = `${inputOf(job).text("style")} ${inputOf(job).text("prompt")}`.toLowerCase();
  const said = /\bfemale\b|\bwoman\b|\bgirl\b/.test(words)
    ? "f"
    : /\bmale\b|\bman\b|\bbaritone\b|\btenor\b/.test(words)
      ? "m"
      : "";
  const drawn = chance() < 0.5 ? "m" : "f";
  const gender = asked === "m" || asked === "f" ? asked : said === "" ? drawn : said;
  return {
    gender: gender === "m" ? "m" : "f",
    size: 0.95 + 0.1 * chance(),
    breath: 0.12 + 0.2 * chance(),
    vibrato: 12 + 12 * chance(),
  };
}

interface Persona {
  readonly singer: Singer | null;
  readonly style: string;
}

function personaOf(job: RenderJob): Persona | null {
  const id = inputOf(job).text("persona_id");
  const source = job.sources.find((candidate) => id !== "" && candidate.id === id);
  if (source === undefined || !isJsonObject(source.ref) || !isJsonObject(source.ref.persona))
    return null;
  const { persona } = source.ref;
  const style = typeof persona.style === "string" ? persona.style : "";
  return { singer: readSinger(persona.singer), style };
}

/** Whether any section is to be sung. */
export function isSung(lyrics: readonly LyricSection[]): boolean {
  return lyrics.some((section) => section.lines.length > 0);
}
