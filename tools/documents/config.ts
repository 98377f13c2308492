import { SETTINGS } from "../../src/config/settings.ts";
import { code, pageHead, table } from "./markdown.ts";

/** The page of all settings. */
export function configPage(): string {
  const rows = SETTINGS.map(({ name, fallback, meaning, example }) => [
    code(name),
    `${meaning}.`,
    code(fallback),
    /^\S+$/.test(example) ? code(example) : example,
  ]);
  return [
    pageHead("Settings", "src/config/settings.ts"),
    "Settings come from the environment. Each is checked at start; a wrong one ends the start with",
    "a message that says what to write instead. Keys and addresses of providers, and the file of",
    "accounts and routes, are on the page of [providers](../providers/README.md).\n",
    table(["Name", "Meaning", "Default", "Example"], rows),
    "",
  ].join("\n");
}
