import { offersFrom } from "../../src/config/providers.ts";
import type { Offer } from "../../src/providers/activate.ts";
import { code, pageHead, table } from "./markdown.ts";

/** The page of all providers: who serves what, and what activates it. */
export function providersPage(): string {
  return [
    pageHead("Providers", "src/config/providers.ts"),
    "In the order in which their default routes are tried. Each has a page with its limits, what",
    "a crash does and what it costs; [the file](../providers/README.md) sets the rest.\n",
    table(["Provider", "Activated by", "Serves"], offersFrom({}).map(rowOf)),
    "",
  ].join("\n");
}

const MODELS_SHOWN = 20;

function rowOf({ provider, keyVariable, urlVariable }: Offer): readonly string[] {
  const { name } = provider;
  const models = Object.keys(provider.models);
  return [
    `[${name}](../providers/${name}.md)`,
    [keyVariable, urlVariable].map(code).join(", "),
    models.length === 0
      ? "what its page says how to set"
      : models.length > MODELS_SHOWN
        ? `${models.length} models`
        : models.map(code).join(", "),
  ];
}
