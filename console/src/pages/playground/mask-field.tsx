import { lazy, Suspense, useState } from "react";
import { Button, IconButton } from "../../components/button.tsx";
import { FieldError } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import type { InputProps } from "./input-props.ts";
import { MediaThumb } from "./media-thumb.tsx";

const MaskPainter = lazy(async () => ({
  default: (await import("./mask-painter.tsx")).MaskPainter,
}));

/** A mask over the first image: painted here, or given by address in the JSON. */
export function MaskField({ field, value, onValue, values, faults }: InputProps) {
  const [open, setOpen] = useState(false);
  const image = [values.image_urls].flat().find((each) => typeof each === "string");
  const isSet = typeof value === "string";
  const error = faults.get(`/${field.name}`);
  const words = inputs.mask;
  return (
    <div className="field">
      <span className="field-label">{field.label}</span>
      <div className="row">
        {isSet && <MediaThumb url={value} media="image" />}
        <Button
          icon="brush"
          off={image === undefined}
          title={image === undefined ? words.needsImage : undefined}
          onClick={() => setOpen(true)}
        >
          {isSet ? words.edit : words.paint}
        </Button>
        {isSet && (
          <IconButton icon="close" label={words.remove} onClick={() => onValue(undefined)} />
        )}
      </div>
      <span className="field-hint">{image === undefined ? words.needsImage : field.hint}</span>
      {error !== undefined && <FieldError text={error} />}
      {open && image !== undefined && (
        <Suspense fallback={null}>
          <MaskPainter
            image={image}
            onClose={() => setOpen(false)}
            onDone={(url) => {
              onValue(url);
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
