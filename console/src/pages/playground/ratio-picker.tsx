import { useId, useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { Field, FieldError, Input, Segmented } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import type { Control } from "./form-fields.ts";
import type { InputProps } from "./input-props.ts";
import { boxOf, pixelsOf } from "./ratio.ts";

type RatioControl = Extract<Control, { kind: "ratio" }>;

/** Shapes as boxes of their true ratio; sizes in a second row; pixels where a model takes them. */
export function RatioPicker(props: InputProps & { readonly control: RatioControl }) {
  const { field, value, control, faults } = props;
  const [exact, setExact] = useState(pixelsOf(value) !== null && !isListed(value, control));
  const error = faults.get(`/${field.name}`);
  return (
    <div className="field">
      <div className="field-label">
        <span>{field.label}</span>
        {control.pixels !== null && (
          <button type="button" className="link-button meta" onClick={() => setExact(!exact)}>
            {exact ? inputs.ratio.ratio : inputs.ratio.pixels}
          </button>
        )}
      </div>
      {exact && control.pixels !== null ? (
        <PixelFields {...props} sign={control.pixels} />
      ) : (
        <Boxes {...props} />
      )}
      {error !== undefined && <FieldError text={error} />}
    </div>
  );
}

function isListed(value: unknown, { ratios, sizes }: RatioControl): boolean {
  return [...ratios, ...sizes].some((each) => each === value);
}

function Boxes(props: InputProps & { readonly control: RatioControl }) {
  const { field, value, onValue, control } = props;
  const name = useId();
  const chosen = value ?? field.usual;
  return (
    <>
      <fieldset className="ratios" aria-label={field.label}>
        {control.ratios.map((ratio) => (
          <label key={ratio} className="ratio">
            <input
              type="radio"
              name={name}
              checked={ratio === chosen}
              onChange={() => onValue(ratio)}
            />
            <Box ratio={ratio} />
            <span>{ratio.replace(/[*x]/, " × ")}</span>
          </label>
        ))}
      </fieldset>
      {control.sizes.length > 0 && (
        <div>
          <Segmented
            label={inputs.ratio.sizes}
            value={typeof chosen === "string" ? chosen : null}
            onChange={onValue}
            choices={control.sizes.map((size) => ({ value: size, label: size }))}
          />
        </div>
      )}
    </>
  );
}

function Box({ ratio }: { readonly ratio: string }) {
  const box = boxOf(ratio);
  return (
    <span className="ratio-frame">
      <span
        className="ratio-box"
        data-loose={box === null || undefined}
        style={{ width: box?.width ?? 20, height: box?.height ?? 20 }}
      />
    </span>
  );
}

function PixelFields({ value, onValue, sign }: InputProps & { readonly sign: "x" | "*" }) {
  const pixels = pixelsOf(value);
  const [sides, setSides] = useState<readonly [string, string]>(
    pixels === null ? ["1024", "1024"] : [String(pixels.width), String(pixels.height)],
  );
  const set = (width: string, height: string): void => {
    setSides([width, height]);
    onValue(`${width}${sign}${height}`);
  };
  const [width, height] = sides;
  return (
    <div className="pixels">
      <Field label={inputs.ratio.width} aside={inputs.units.pixels}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={width}
            onChange={({ target }) => set(target.value.trim(), height)}
          />
        )}
      </Field>
      <IconButton icon="swap" label={inputs.ratio.swap} onClick={() => set(height, width)} />
      <Field label={inputs.ratio.height} aside={inputs.units.pixels}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={height}
            onChange={({ target }) => set(width, target.value.trim())}
          />
        )}
      </Field>
    </div>
  );
}
