import { MOVES } from "../../src/core/lifecycle.ts";
import { pageHead, table } from "./markdown.ts";

/** The page on the life of a task, with its diagram. */
export function lifecyclePage(): string {
  const arrows = [...new Set(MOVES.map(({ from, to }) => `  ${from} --> ${to}`))];
  const intent = ["queued", "intent", "submitting", "an attempt is on disk, nothing is sent yet"];
  const rows = MOVES.map(({ from, on, to, when }) => [from, on, to, when]);
  return [
    pageHead("The life of a task", "src/core/lifecycle.ts"),
    "A stage is inside; clients see a status. `queued` to `collecting` are `not_started` until an",
    "upstream works on the task and `running` from then on; `finished` and `failed` are themselves",
    "and never change. Every change of stage is one row below; there are no others.\n",
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> queued",
    "  queued --> submitting",
    ...arrows,
    "  finished --> [*]",
    "  failed --> [*]",
    "```\n",
    table(["From", "On", "To", "When"], [intent, ...rows]),
    "",
  ].join("\n");
}
