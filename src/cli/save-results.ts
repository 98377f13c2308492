import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Operator } from "./operator.ts";
import type { ResultFile } from "./results.ts";

/** Where files are saved: under the very name that was asked for, or under names made of a stem. */
export type SavePlace =
  | { readonly folder: string; readonly name: string }
  | { readonly folder: string; readonly stem: string };

/** Saves files one after the other; gives their paths in the same order. */
export async function saveResults(
  operator: Operator,
  files: readonly ResultFile[],
  place: SavePlace,
): Promise<readonly string[]> {
  const paths = fileNames(files, place).map((name) => join(place.folder, name));
  for (const [position, { url }] of files.entries()) {
    const path = paths[position];
    if (path !== undefined) await operator.save(url, path);
  }
  return paths;
}

/**
 * Names each file: the first gets the asked name as it is; others like it are numbered from 2, a
 * labelled one bears its label, and a cover keeps the extension that it has.
 */
export function fileNames(files: readonly ResultFile[], place: SavePlace): readonly string[] {
  const first = files[0]?.extension ?? "";
  const asked = "name" in place ? extname(place.name) : "";
  const stem = "name" in place ? place.name.slice(0, place.name.length - asked.length) : place.stem;
  const taken = new Set<string>();
  return files.map(({ extension, label }, position) => {
    if (position === 0 && "name" in place && label === null) {
      taken.add(place.name);
      return place.name;
    }
    const suffix = extension === first && "name" in place ? asked : extension;
    return freeName(label === null ? stem : `${stem}-${label}`, suffix, taken);
  });
}

function freeName(stem: string, suffix: string, taken: Set<string>): string {
  let name = `${stem}${suffix}`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}${suffix}`;
  taken.add(name);
  return name;
}

const STEM_LENGTH_MAX = 48;

/** A name for files from a prompt: its words in small letters with dashes. */
export function stemOf(prompt: string): string {
  const words = prompt
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{Letter}\p{Mark}\p{Number}]+/u)
    .filter((word) => word !== "");
  let stem = "";
  for (const word of words) {
    if (stem === "") stem = [...word].slice(0, STEM_LENGTH_MAX).join("");
    else if (stem.length + word.length < STEM_LENGTH_MAX) stem = `${stem}-${word}`;
    else break;
  }
  return stem === "" ? "vidgo" : stem;
}

/** The stem, numbered when files of that name are in the folder: they are never overwritten. */
export async function freeStem(
  folder: string,
  stem: string,
  files: readonly ResultFile[],
): Promise<string> {
  const there = new Set(await readdir(folder));
  const isFree = (wanted: string): boolean =>
    fileNames(files, { folder, stem: wanted }).every((name) => !there.has(name));
  let free = stem;
  for (let number = 2; !isFree(free); number += 1) free = `${stem}-${number}`;
  return free;
}
