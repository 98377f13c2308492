import { useEffect, useRef, useState } from "react";
import { Field, TextArea } from "../../components/field.tsx";
import { isRecord } from "../../lib/judge.ts";
import { playground } from "../../strings/en/playground.ts";
import { parseJson } from "./json-field.tsx";
import type { Draft } from "./use-draft.ts";

/** The input as text, both ways: what is no JSON leaves the form as it was. */
export function JsonTab({ draft }: { readonly draft: Draft }) {
  const written = JSON.stringify(draft.body.input, null, 2);
  const [text, setText] = useState(written);
  const [fault, setFault] = useState<string | null>(null);
  const own = useRef(draft.values);
  useEffect(() => {
    // What came from this text does not rewrite it; what came from elsewhere does.
    if (own.current === draft.values) return;
    own.current = draft.values;
    setText(written);
    setFault(null);
  }, [draft.values, written]);
  const type = (next: string): void => {
    setText(next);
    const parsed = parseJson(next);
    const value = parsed.kind === "value" ? (parsed.value ?? {}) : null;
    if (parsed.kind === "broken") setFault(playground.json.broken(parsed.message));
    else if (!isRecord(value)) setFault(playground.json.object);
    else {
      setFault(null);
      own.current = value;
      draft.set(value);
    }
  };
  return (
    <Field label={playground.json.label} error={fault}>
      {(control) => (
        <TextArea
          {...control}
          className="input json-text"
          spellCheck={false}
          rows={18}
          value={text}
          onChange={({ target }) => type(target.value)}
        />
      )}
    </Field>
  );
}
