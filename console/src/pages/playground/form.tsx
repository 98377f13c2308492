import { type ReactNode, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import { type FieldGroup, type FormField, isShown } from "./form-fields.ts";
import { InputField } from "./input-field.tsx";
import type { Values } from "./to-input.ts";

interface FormProps {
  readonly fields: readonly FormField[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  /** What is wrong, by JSON pointer; only what should be shown now. */
  readonly faults: ReadonlyMap<string, string>;
  /** A field was left: from now on its faults may be told. */
  readonly onLeave: (name: string) => void;
  /** The prompt of an example, as ghost text. */
  readonly ghost: Values;
}

/** The form of a model. Groups follow each other; what is rarely wanted is folded away. */
export function Form(props: FormProps) {
  const { fields, values } = props;
  const shown = fields.filter((field) => isShown(field, fields, values));
  const advanced = shown.filter(({ group }) => group === "advanced");
  const groups = [...new Set(shown.map(({ group }) => group))].filter((one) => one !== "advanced");
  return (
    <div className="form">
      {groups.map((group) => (
        <Group key={group} group={group}>
          {shown
            .filter((field) => field.group === group)
            .map((field) => (
              <FormLine key={field.name} field={field} {...props} />
            ))}
        </Group>
      ))}
      {advanced.length > 0 && (
        <Advanced
          count={advanced.length}
          set={advanced.some(({ name }) => values[name] !== undefined)}
          open={advanced.some(({ name }) => props.faults.has(`/${name}`))}
        >
          {advanced.map((field) => (
            <FormLine key={field.name} field={field} {...props} />
          ))}
        </Advanced>
      )}
    </div>
  );
}

function Group({ group, children }: { readonly group: FieldGroup; readonly children: ReactNode }) {
  return (
    <div className="form-group" data-group={group}>
      {children}
    </div>
  );
}

function FormLine({ field, ...props }: FormProps & { readonly field: FormField }) {
  const { name } = field;
  const set = (value: unknown): void => {
    const { [name]: _before, ...rest } = props.values;
    props.onChange(value === undefined ? rest : { ...props.values, [name]: value });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes which field was left.
    <div
      data-field={name}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) props.onLeave(name);
      }}
    >
      <InputField {...props} field={field} value={props.values[name]} onValue={set} />
    </div>
  );
}

function Advanced(props: {
  readonly count: number;
  readonly set: boolean;
  readonly open: boolean;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const shown = open || props.open;
  return (
    <div className="form-advanced">
      <button
        type="button"
        className="form-fold"
        aria-expanded={shown}
        onClick={() => setOpen(!shown)}
      >
        <Icon name={shown ? "down" : "right"} size={14} />
        {inputs.advanced(props.count)}
        {props.set && <Badge tone="violet">{inputs.set}</Badge>}
      </button>
      {shown && <div className="form-group">{props.children}</div>}
    </div>
  );
}
