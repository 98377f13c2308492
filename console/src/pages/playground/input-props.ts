import type { FormField } from "./form-fields.ts";
import type { Values } from "./to-input.ts";

/** What every control of the form is given. */
export interface InputProps {
  readonly field: FormField;
  /** `undefined` while it was never touched. */
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly fields: readonly FormField[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly faults: ReadonlyMap<string, string>;
  readonly ghost: Values;
}

/** The description of a member as the hint of its field. */
export function hintOf({ hint }: FormField): { readonly hint?: string } {
  return hint === "" ? {} : { hint };
}

/** What an example says in a field, to show what may stand there. */
export function ghostOf({ name }: FormField, ghost: Values): string | undefined {
  const value = ghost[name];
  return typeof value === "string" ? value : undefined;
}
