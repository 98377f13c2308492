import { Field, TextArea } from "../../components/field.tsx";
import { formatNumber } from "../../lib/format.ts";
import { lengthOf } from "../../lib/judge.ts";
import { ghostOf, hintOf, type InputProps } from "./input-props.ts";

const COUNT_FROM = 0.6;
const WARN_FROM = 0.9;

/** Lines of text that grow with what is written; too long a text is counted, not cut. */
export function PromptField({ field, value, onValue, faults, ghost }: InputProps) {
  const text = typeof value === "string" ? value : "";
  const max = field.control.kind === "text" ? field.control.max : null;
  const isFirst = field.name === "prompt";
  return (
    <Field
      label={field.label}
      error={faults.get(`/${field.name}`)}
      {...(isFirst ? {} : hintOf(field))}
      aside={<Counter length={lengthOf(text)} max={max} />}
    >
      {(control) => (
        <TextArea
          {...control}
          className="input"
          data-prompt={isFirst || undefined}
          rows={isFirst ? 4 : 2}
          value={text}
          placeholder={ghostOf(field, ghost)}
          onChange={({ target }) => onValue(target.value === "" ? undefined : target.value)}
        />
      )}
    </Field>
  );
}

/** How much of the room is used: silent at first, amber near the end, red beyond. */
export function Counter({ length, max }: { readonly length: number; readonly max: number | null }) {
  if (max === null || length < max * COUNT_FROM) return null;
  const tone = length > max ? "red" : length >= max * WARN_FROM ? "amber" : "grey";
  return (
    <span className="counter" data-tone={tone}>
      {formatNumber(length)} / {formatNumber(max)}
    </span>
  );
}
