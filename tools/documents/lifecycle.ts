import { INQUIRY_ENDS, MOVES } from "../../src/core/lifecycle.ts";
import { pageHead, table } from "./markdown.ts";

/** The page on the life of a task, with its diagram. */
export function lifecyclePage(): string {
  const arrows = [...new Set(MOVES.map(({ from, to }) => `  ${from} --> ${to}`))];
  const intent = ["queued", "intent", "submitting", "an attempt is on disk, nothing is sent yet"];
  const rows = MOVES.map(({ from, on, to, when }) => [from, on, to, when]);
  const ends = INQUIRY_ENDS.map(({ state, billed, when }) => [state, billed, when]);
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
    "## After the end\n",
    "A task that is canceled or runs out of time ends at once, and its hold is released. Where its",
    "provider has not said what became of the attempt, it stays open: the provider is told to stop",
    "until it has answered, and asked ever more seldom, for as long again as a task may take. It",
    "is never asked to make anything. However the attempt ends, the task stays as it ended.\n",
    table(["The attempt ends as", "Charged", "When"], ends),
    "",
  ].join("\n");
}
