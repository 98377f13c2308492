import { formatCreditsLong, formatDuration, shortId } from "../../lib/format.ts";
import type { Happening } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";

const STATES: Readonly<Record<string, string>> = tasks.attemptStates;

/** What is known of a happening: `offline · Completed`, `try 1 · answered 503`. Pure. */
export function happeningWords({ facts }: Pick<Happening, "facts">): string {
  return Object.entries(facts)
    .flatMap(([name, value]) => (value === null ? [] : [factWord(name, value)]))
    .filter((word) => word !== "")
    .join(" · ");
}

function factWord(name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const { fact } = tasks;
  switch (name) {
    case "credits":
      return formatCreditsLong(text);
    case "released":
      return Number(text) === 0 ? "" : fact.back(formatCreditsLong(text));
    case "provider":
    case "error":
    case "error_message":
      return text;
    case "state":
      return STATES[text] ?? text;
    case "number":
      return fact.attempt(value);
    case "status":
      return fact.answered(value);
    case "duration_ms":
      return formatDuration(Number(value));
    case "delivery_id":
      return shortId(text);
    default:
      return `${name} ${text}`;
  }
}
