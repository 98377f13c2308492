import { lazy, Suspense } from "react";
import { Field, FieldError, Input, Segmented, Select, Switch } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import { Cards } from "./cards.tsx";
import { type FormField, isLyrics } from "./form-fields.ts";
import { ghostOf, hintOf, type InputProps } from "./input-props.ts";
import { JsonField } from "./json-field.tsx";
import { MaskField } from "./mask-field.tsx";
import { MediaField } from "./media-field.tsx";
import { NumberField, SeedField } from "./number-field.tsx";
import { PromptField } from "./prompt-field.tsx";
import { RatioPicker } from "./ratio-picker.tsx";
import { TrackField } from "./track-field.tsx";

const LyricsField = lazy(async () => ({
  default: (await import("./lyrics-field.tsx")).LyricsField,
}));

/** The control that a field's schema asks for. */
export function InputField(props: InputProps) {
  const { field, value, onValue, faults } = props;
  const { control } = field;
  const error = faults.get(`/${field.name}`);
  switch (control.kind) {
    case "text":
      if (field.name === "audio_id") return <TrackField {...props} />;
      if (isLyrics(field, props.fields, props.values)) {
        return (
          <Suspense fallback={null}>
            <LyricsField {...props} />
          </Suspense>
        );
      }
      return control.lines === "one" ? <TextField {...props} /> : <PromptField {...props} />;
    case "ratio":
      return <RatioPicker {...props} control={control} />;
    case "choice":
      return <ChoiceField {...props} values={props.values} options={control.values} />;
    case "fixed":
      return (
        <div className="field-fixed">
          <span className="field-label">{field.label}</span>
          <span>{control.value}</span>
        </div>
      );
    case "number":
      return <NumberField {...props} control={control} />;
    case "seed":
      return <SeedField {...props} control={control} />;
    case "switch":
      return <SwitchField {...props} />;
    case "maybe":
      return <MaybeField {...props} />;
    case "media":
      return <MediaField {...props} control={control} />;
    case "mask":
      return <MaskField {...props} />;
    case "cards":
      return <Cards {...props} control={control} draw={InputField} />;
    case "json":
      return (
        <>
          <JsonField field={field} value={value} onValue={onValue} />
          {error !== undefined && <FieldError text={error} />}
        </>
      );
  }
}

function TextField({ field, value, onValue, faults, ghost }: InputProps) {
  const hint = hintOf(field);
  return (
    <Field label={field.label} error={faults.get(`/${field.name}`)} {...hint}>
      {(control) => (
        <Input
          {...control}
          value={typeof value === "string" ? value : ""}
          placeholder={ghostOf(field, ghost)}
          onChange={({ target }) => onValue(target.value === "" ? undefined : target.value)}
        />
      )}
    </Field>
  );
}

const SEGMENTS_MAX = 5;

function ChoiceField({
  field,
  value,
  onValue,
  options,
  faults,
}: InputProps & {
  readonly options: readonly (string | number)[];
}) {
  const chosen = value ?? field.usual;
  const choose = (text: string): void => {
    onValue(options.find((option) => String(option) === text));
  };
  const wide = options.reduce((sum: number, option) => sum + String(option).length, 0) > 44;
  const error = faults.get(`/${field.name}`);
  if (options.length <= SEGMENTS_MAX && !wide && (chosen !== undefined || field.required)) {
    return (
      <div className="field">
        <span className="field-label">{field.label}</span>
        <div>
          <Segmented
            label={field.label}
            value={chosen === undefined ? null : String(chosen)}
            onChange={choose}
            choices={options.map((option) => ({
              value: String(option),
              label: wordOf(option, field),
            }))}
          />
        </div>
        {error !== undefined && <FieldError text={error} />}
      </div>
    );
  }
  return (
    <Field label={field.label} error={error} {...hintOf(field)}>
      {(control) => (
        <Select
          {...control}
          value={chosen === undefined ? "" : String(chosen)}
          onChange={({ target }) => choose(target.value)}
        >
          {(chosen === undefined || !field.required) && (
            <option value="">{inputs.maybe.unset}</option>
          )}
          {options.map((option) => (
            <option key={option} value={option}>
              {wordOf(option, field)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function wordOf(option: string | number, { name }: FormField): string {
  const unit = name === "duration" ? ` ${inputs.units.seconds}` : "";
  return `${inputs.words[String(option)] ?? option}${unit}`;
}

function SwitchField({ field, value, onValue }: InputProps) {
  const on = (value ?? field.usual) === true;
  if (field.group === "mode") return <ModeField field={field} on={on} onValue={onValue} />;
  return <Switch label={field.label} checked={on} onChange={onValue} {...hintOf(field)} />;
}

/** A choice between two forms: it stands on top of them. */
function ModeField(props: {
  readonly field: FormField;
  readonly on: boolean;
  readonly onValue: (value: unknown) => void;
}) {
  const { field, on, onValue } = props;
  const [off, other] = inputs.modes[field.name] ?? [inputs.maybe.off, inputs.maybe.on];
  return (
    <div>
      <Segmented
        label={field.label}
        value={on ? "on" : "off"}
        onChange={(side) => onValue(side === "on")}
        choices={[
          { value: "off", label: off },
          { value: "on", label: other },
        ]}
      />
    </div>
  );
}

function MaybeField({ field, value, onValue }: InputProps) {
  if (field.group === "mode") {
    return <ModeField field={field} on={value === true} onValue={onValue} />;
  }
  if (field.required) {
    return (
      <Switch label={field.label} checked={value === true} onChange={onValue} {...hintOf(field)} />
    );
  }
  return (
    <div className="field">
      <div className="row-wrap">
        <span className="field-label grow">{field.label}</span>
        <Segmented
          label={field.label}
          value={value === undefined ? "unset" : value === true ? "on" : "off"}
          onChange={(side) => onValue(side === "unset" ? undefined : side === "on")}
          choices={[
            { value: "unset", label: inputs.maybe.unset },
            { value: "on", label: inputs.maybe.on },
            { value: "off", label: inputs.maybe.off },
          ]}
        />
      </div>
      {field.hint !== "" && <span className="field-hint">{field.hint}</span>}
    </div>
  );
}
