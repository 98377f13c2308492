import { GatewayError } from "../core/error.ts";
import { type Command, EXIT } from "./command.ts";
import { formatFacts } from "./table.ts";
import { parseWords } from "./words.ts";

/** `vidgo offline explain`: says how the built-in engine reads a prompt. Needs no gateway. */
export const offline: Command = {
  name: "offline",
  summary: "Say how the offline engine reads a prompt, without painting it",
  usage: ['offline explain "<prompt>" [--json]'],
  winds: false,
  async run({ words, terminal }) {
    const parsed = parseWords(words, { json: "switch" });
    const [verb, ...prompt] = parsed.words;
    if (verb !== "explain" || prompt.length === 0) {
      const message = "offline takes explain and a prompt";
      throw new GatewayError("invalid_request", message);
    }
    // Loaded only here: a gateway reads no prompt on its main thread.
    const { explainPrompt } = await import("../providers/offline/explain.ts");
    const told = explainPrompt(prompt.join(" "));
    const facts = Object.entries(told).map(([name, value]): readonly [string, string] => [
      name,
      Array.isArray(value) ? value.join(", ") : String(value ?? ""),
    ]);
    terminal.print(parsed.on("json") ? `${JSON.stringify(told)}\n` : formatFacts(facts));
    return EXIT.success;
  },
};
