import { useState } from "react";
import { Field, TextArea } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import type { FormField } from "./form-fields.ts";

/** A member that no control knows: its JSON, so that a new model works on its first day. */
export function JsonField(props: {
  readonly field: FormField;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}) {
  const { field, value, onValue } = props;
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value)));
  const [broken, setBroken] = useState(false);
  const type = (next: string): void => {
    setText(next);
    const parsed = parseJson(next);
    setBroken(parsed.kind === "broken");
    if (parsed.kind === "value") onValue(parsed.value);
  };
  return (
    <Field label={field.label} hint={field.hint} error={broken ? inputs.json.fault : null}>
      {(control) => (
        <TextArea
          {...control}
          spellCheck={false}
          value={text}
          onChange={({ target }) => type(target.value)}
        />
      )}
    </Field>
  );
}

/** Text as a value; empty text is no value. */
export function parseJson(
  text: string,
):
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "broken"; readonly message: string } {
  if (text.trim() === "") return { kind: "value", value: undefined };
  try {
    return { kind: "value", value: JSON.parse(text) };
  } catch (thrown) {
    return { kind: "broken", message: thrown instanceof Error ? thrown.message : "" };
  }
}
