import type { JsonObject } from "../lib/json.ts";
import type { Model, Rule } from "./model.ts";
import { isGiven } from "./reading.ts";

/** A rule about one field; `judge` gives the message, or `null` when nothing is wrong. */
export function rule(
  name: string,
  field: string,
  judge: (input: JsonObject) => string | null,
): Rule {
  return {
    name,
    check(input) {
      const message = judge(input);
      return message === null ? null : { field, message };
    },
  };
}

/** A rule about the length of one text; its refusal is of the kind that says so. */
export function lengthRule(
  name: string,
  field: string,
  judge: (input: JsonObject) => string | null,
): Rule {
  return {
    name,
    check(input) {
      const message = judge(input);
      return message === null ? null : { field, message, code: "content_too_long" };
    },
  };
}

/** Two members that may not be given together; the message blames the first. */
export function exclusive(name: string, field: string, others: readonly string[]): Rule {
  return rule(name, field, (input) => {
    const other = others.find((candidate) => isGiven(input, candidate));
    return isGiven(input, field) && other !== undefined
      ? `${field} cannot be combined with ${other}; give one of them`
      : null;
  });
}

/** A member that makes sense only beside at least one other. */
export function dependent(name: string, field: string, others: readonly string[]): Rule {
  return rule(name, field, (input) =>
    isGiven(input, field) && !others.some((other) => isGiven(input, other))
      ? `${field} requires ${others.join(" or ")}`
      : null,
  );
}

/** The names of all rules of a catalogue, each once, in the order in which they first appear. */
export function ruleNames(models: readonly Model[]): readonly string[] {
  return [...new Set(models.flatMap((model) => model.rules.map(({ name }) => name)))];
}
