import type { ComponentType } from "react";
import { Button, IconButton } from "../../components/button.tsx";
import { FieldError } from "../../components/field.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import { type Control, membersOf } from "./form-fields.ts";
import type { InputProps } from "./input-props.ts";
import { firstValues, type Values } from "./to-input.ts";

type CardsControl = Extract<Control, { kind: "cards" }>;

interface CardsProps extends InputProps {
  readonly control: CardsControl;
  /** Draws a member of a card. */
  readonly draw: ComponentType<InputProps>;
}

/** A list of objects, a card each; shots also as a bar whose parts are as wide as they are long. */
export function Cards(props: CardsProps) {
  const { field, value, onValue, control, faults } = props;
  const items = Array.isArray(value) ? value.map(membersOf) : [];
  const set = (next: readonly Values[]): void => onValue(next.length === 0 ? undefined : next);
  const isShots = control.fields.some(({ name }) => name === "duration");
  const error = faults.get(`/${field.name}`);
  const swap = (at: number, to: number): void => {
    const next = [...items];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    set(next);
  };
  return (
    <fieldset className="field">
      <legend className="field-label">{field.label}</legend>
      {isShots && items.length > 0 && <ShotBar items={items} />}
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards have no other name.
        <div key={at} className="card form-card">
          <div className="row">
            <h3 className="grow">
              {isShots ? inputs.cards.shot(at + 1) : `${field.label} ${inputs.cards.item(at + 1)}`}
            </h3>
            {at > 0 && (
              <IconButton
                small
                icon="up"
                label={inputs.cards.earlier}
                onClick={() => swap(at, at - 1)}
              />
            )}
            {at < items.length - 1 && (
              <IconButton
                small
                icon="down"
                label={inputs.cards.later}
                onClick={() => swap(at, at + 1)}
              />
            )}
            <IconButton
              small
              icon="trash"
              label={inputs.cards.remove}
              onClick={() => set(items.toSpliced(at, 1))}
            />
          </div>
          <CardFields {...props} item={item} at={at} onItem={(next) => set(items.with(at, next))} />
        </div>
      ))}
      {items.length < control.max && (
        <div>
          <Button
            small
            icon="plus"
            onClick={() => set([...items, firstValues(control.fields, {})])}
          >
            {isShots ? inputs.cards.shot(items.length + 1) : inputs.cards.add}
          </Button>
        </div>
      )}
      {field.hint !== "" && <span className="field-hint">{field.hint}</span>}
      {error !== undefined && <FieldError text={error} />}
    </fieldset>
  );
}

interface CardFieldsProps extends CardsProps {
  readonly item: Values;
  readonly at: number;
  readonly onItem: (item: Values) => void;
}

function CardFields(props: CardFieldsProps) {
  const { field, control, item, at, onItem, faults, ghost, draw: Draw } = props;
  const below = `/${field.name}/${at}`;
  const own = new Map(
    [...faults].flatMap(([pointer, text]) =>
      pointer.startsWith(`${below}/`) ? [[pointer.slice(below.length), text] as const] : [],
    ),
  );
  return control.fields.map((member) => (
    <Draw
      key={member.name}
      field={member}
      fields={control.fields}
      values={item}
      onChange={onItem}
      faults={own}
      ghost={ghost}
      value={item[member.name]}
      onValue={(value) => {
        const { [member.name]: _before, ...rest } = item;
        onItem(value === undefined ? rest : { ...item, [member.name]: value });
      }}
    />
  ));
}

function ShotBar({ items }: { readonly items: readonly Values[] }) {
  const seconds = items.map(({ duration }) => (typeof duration === "number" ? duration : 0));
  const sum = seconds.reduce((total, each) => total + each, 0);
  return (
    <div className="shots">
      <div className="shots-bar" aria-hidden="true">
        {seconds.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a shot is its place.
          <span key={at} style={{ flexGrow: Math.max(0.2, each) }}>
            {at + 1}
          </span>
        ))}
      </div>
      <span className="meta">{inputs.cards.sum(sum)}</span>
    </div>
  );
}
