import { sentence } from "../../lib/fault-at.ts";
import { inputs } from "../../strings/en/inputs.ts";
import type { FormField } from "./form-fields.ts";

/**
 * A refusal of the gateway in the words of the form: `prompt is required when custom_mode is false`
 * becomes `Prompt is required when Mode is Simple`. What the form does not show stays as it is.
 * Pure.
 */
export function inFormWords(message: string, fields: readonly FormField[]): string {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  const said = message.replace(/\b([a-z]\w*)( is (?:true|false)\b)?/g, (whole, name, side) => {
    const label = labels.get(name);
    if (label === undefined) return whole;
    const mode = inputs.modes[name];
    if (side === undefined || mode === undefined) return `${label}${side ?? ""}`;
    return `${label} is ${mode[side === " is true" ? 1 : 0]}`;
  });
  return sentence(said);
}
