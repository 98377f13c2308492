import type { SettingName } from "./settings.ts";

/** Which things a painter adds of its own accord, by the words that forbid them. */
const EXTRAS = {
  people: ["person", "crowd"],
  trees: ["tree", "forest"],
  pines: ["pine", "tree", "forest"],
  palms: ["palm", "tree", "forest"],
  cacti: ["cactus"],
  flowers: ["flower"],
  clouds: ["cloud"],
  stars: ["stars"],
  sun: ["sun"],
  moon: ["moon"],
} as const;

/** Whether what a place has of its own accord shall not be seen. */
export function isWithout(
  { without }: { readonly without: readonly string[] },
  extra: keyof typeof EXTRAS,
): boolean {
  return EXTRAS[extra].some((id) => without.includes(id));
}

/** A wood without trees is a clearing. */
export function clear(setting: SettingName, without: readonly string[]): SettingName {
  const wooded = setting === "forest" || setting === "jungle";
  return wooded && isWithout({ without }, "trees") ? "meadow" : setting;
}
