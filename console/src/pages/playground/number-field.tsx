import { IconButton } from "../../components/button.tsx";
import { Field, Input } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import type { Control } from "./form-fields.ts";
import { hintOf, type InputProps } from "./input-props.ts";

type NumberControl = Extract<Control, { kind: "number" }>;

/** A number: with a slider where its steps are few, with − and + where they are many. */
export function NumberField(props: InputProps & { readonly control: NumberControl }) {
  const { field, value, onValue, control, faults } = props;
  const { min, max, step, unit } = control;
  const usual = typeof field.usual === "number" ? field.usual : undefined;
  const shown = typeof value === "number" ? value : usual;
  const type = (text: string): void => {
    const number = Number(text);
    onValue(text.trim() === "" || Number.isNaN(number) ? undefined : number);
  };
  const move = (by: number): void => {
    const next = Number(((shown ?? min ?? 0) + by * (step < 1 ? 0.1 : step)).toFixed(2));
    onValue(Math.min(max ?? next, Math.max(min ?? next, next)));
  };
  const isSlider = control.slider && min !== null && max !== null;
  return (
    <Field
      label={field.label}
      error={faults.get(`/${field.name}`)}
      {...hintOf(field)}
      aside={isSlider ? undefined : unit}
    >
      {(attributes) => (
        <div className="number">
          {isSlider && (
            <>
              <input
                type="range"
                className="range"
                aria-label={field.label}
                min={min}
                max={max}
                step={step}
                value={shown ?? min}
                data-unset={shown === undefined || undefined}
                onChange={({ target }) => onValue(Number(target.value))}
              />
              <NumberInput attributes={attributes} shown={shown} onType={type} />
              <span className="muted">{unit}</span>
            </>
          )}
          {!isSlider && (
            <>
              <IconButton icon="minus" label={inputs.stepper.less} onClick={() => move(-1)} />
              <NumberInput attributes={attributes} shown={shown} onType={type} />
              <IconButton icon="plus" label={inputs.stepper.more} onClick={() => move(1)} />
            </>
          )}
        </div>
      )}
    </Field>
  );
}

function NumberInput(props: {
  readonly attributes: object;
  readonly shown: number | undefined;
  readonly onType: (text: string) => void;
}) {
  return (
    <Input
      {...props.attributes}
      key={props.shown}
      inputMode="decimal"
      defaultValue={props.shown ?? ""}
      onBlur={({ target }) => props.onType(target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") props.onType(event.currentTarget.value);
      }}
    />
  );
}

type SeedControl = Extract<Control, { kind: "seed" }>;

/** A seed: random while it is empty, by the dice, or pinned. */
export function SeedField(props: InputProps & { readonly control: SeedControl }) {
  const { field, value, onValue, control, faults } = props;
  const roll = (): void => {
    const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
    onValue(control.min + (word % Math.min(2_147_483_647, control.max - control.min + 1)));
  };
  const shown = typeof value === "number" ? value : undefined;
  return (
    <Field label={field.label} error={faults.get(`/${field.name}`)} {...hintOf(field)}>
      {(attributes) => (
        <div className="number">
          <Input
            {...attributes}
            inputMode="numeric"
            value={shown ?? ""}
            placeholder={inputs.seed.random}
            onChange={({ target }) => {
              const text = target.value.trim();
              onValue(/^-?\d+$/.test(text) ? Number(text) : undefined);
            }}
          />
          <IconButton icon="dice" label={inputs.seed.roll} onClick={roll} />
          {shown !== undefined && (
            <IconButton icon="close" label={inputs.seed.clear} onClick={() => onValue(undefined)} />
          )}
        </div>
      )}
    </Field>
  );
}
