import { webhooks } from "../../strings/en/webhooks.ts";

/** Why a try brought no answer, in words; a cause that is not known yet stands as it is. */
export function errorWords(error: string | null): string {
  if (error === null) return webhooks.tries.noAnswer;
  return wordOf(webhooks.errors, error) ?? error;
}

/** Why nothing is sent any more, or `null` when that is not the case. */
export function reasonWords(reason: string | null): string | null {
  return reason === null ? null : (wordOf(webhooks.reasons, reason) ?? reason);
}

function wordOf(words: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null;
}
