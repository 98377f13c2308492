import { type ComponentProps, type ReactNode, useId } from "react";
import { common } from "../strings/en/shell.ts";
import { Icon } from "./icon.tsx";

/** What a control needs to belong to its field. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  readonly label: string;
  /** Stands at the right of the label: a counter, a value with its unit. */
  readonly aside?: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what is accepted; empty or absent when nothing is. */
  readonly error?: string | null | undefined;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its visible label, hint and error, tied together for screen readers. */
export function Field({ label, aside, hint, error, children }: FieldProps) {
  const id = useId();
  const wrong = error !== undefined && error !== null && error !== "";
  const about = [hint === undefined ? "" : `${id}-hint`, wrong ? `${id}-error` : ""];
  const described = about.filter((each) => each !== "").join(" ");
  return (
    <div className="field">
      <div className="field-label">
        <label htmlFor={id}>{label}</label>
        {aside !== undefined && <span className="field-aside">{aside}</span>}
      </div>
      {children({
        id,
        ...(described === "" ? {} : { "aria-describedby": described }),
        ...(wrong ? { "aria-invalid": true } : {}),
      })}
      {hint !== undefined && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {wrong && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

/** The line that says what is wrong: below the control that `id` ties it to, or said at once. */
export function FieldError({ id, text }: { readonly id?: string; readonly text: string }) {
  return (
    <div className="field-error" id={id} role={id === undefined ? "alert" : undefined}>
      <Icon name="warning" size={14} />
      <span>{text}</span>
    </div>
  );
}

/** A line of text. */
export function Input(props: ComponentProps<"input">) {
  return <input {...props} className="input" />;
}

/** Lines of text. */
export function TextArea(props: ComponentProps<"textarea">) {
  return <textarea {...props} className="input" />;
}

/** One of a list, by the system's own control. */
export function Select({ small, ...props }: ComponentProps<"select"> & { small?: boolean }) {
  return (
    <span className="select" data-small={small || undefined}>
      <select {...props} className="input" />
      <Icon name="down" size={12} />
    </span>
  );
}

/** A field to search by; `/` jumps to it when the page says so. */
export function Search(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <span className="search">
      <Icon name="search" />
      <input
        type="search"
        className="input"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        data-search
      />
      <kbd>/</kbd>
    </span>
  );
}

/** On or off, at once. */
export function Switch(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <div className="row">
        <span className="field-label grow" id={id}>
          {props.label}
          {props.aside !== undefined && <span className="field-aside">{props.aside}</span>}
        </span>
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={props.checked}
          aria-labelledby={id}
          aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
          onClick={() => props.onChange(!props.checked)}
        />
      </div>
      {props.hint !== undefined && (
        <div className="field-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
    </div>
  );
}

/** A box to tick. */
export function Checkbox(props: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

/** A choice of {@link Segmented}. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Why it cannot be chosen now. */
  readonly off?: string;
}

/** A few choices side by side, one of them chosen. The arrow keys move. */
export function Segmented<Value extends string>(props: {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segmented" aria-label={props.label}>
      {props.choices.map(({ value, label, off }) => (
        <label key={value} title={off}>
          <input
            type="radio"
            name={name}
            checked={value === props.value}
            disabled={off !== undefined}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** The summary of what is wrong with a form; each line jumps to its field. */
export function ErrorSummary(props: {
  readonly errors: readonly { readonly text: string; readonly onJump: () => void }[];
}) {
  if (props.errors.length === 0) return null;
  return (
    <div className="notice" data-tone="red" role="alert">
      <Icon name="warning" />
      <div className="notice-text">
        <strong>{common.toCorrect(props.errors.length)}</strong>
        <ul>
          {props.errors.map(({ text, onJump }) => (
            <li key={text}>
              <button type="button" className="link-button" onClick={onJump}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
