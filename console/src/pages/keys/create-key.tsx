import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/feedback.tsx";
import {
  Checkbox,
  Field,
  FieldError,
  Input,
  Segmented,
  Select,
  TextArea,
} from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { api } from "../../lib/api.ts";
import { type Fault, faultOf } from "../../lib/fault-at.ts";
import { keys } from "../../strings/en/keys.ts";
import { common } from "../../strings/en/shell.ts";
import type { FreshKey } from "./api-key.ts";
import { EMPTY_FORM, type KeyForm, keyFaults, keyWish, SCOPES } from "./key-form.ts";

type Bind = (name: "name" | "perDay" | "total" | "perMinute" | "networks") => {
  readonly name: string;
  readonly value: string;
  readonly onChange: (event: { readonly target: { readonly value: string } }) => void;
};

/** Where the gateway's refusals of a member are shown. */
const FIELD_OF: Readonly<Record<string, keyof KeyForm>> = {
  name: "name",
  scopes: "scopes",
  networks: "networks",
  spend_per_day: "perDay",
  spend_total: "total",
  requests_per_minute: "perMinute",
};

/** The fields as they follow each other. */
const IN_ORDER = ["name", "scopes", "perMinute", "perDay", "total", "networks"] as const;

/** The dialog that makes a key. */
export function CreateKey(props: {
  readonly onClose: () => void;
  readonly onMade: (key: FreshKey) => void;
}) {
  const [form, setForm] = useState<KeyForm>(EMPTY_FORM);
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => api<FreshKey>("/api/keys", { body: keyWish(form) }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["keys"] });
      props.onMade(made);
    },
  });
  const told = make.error === null ? null : faultOf(make.error, Object.keys(FIELD_OF));
  const faults = { ...namedFault(told), ...(tried ? keyFaults(form) : {}) };
  const submit = (element: HTMLFormElement): void => {
    setTried(true);
    const wrong = keyFaults(form);
    const first = IN_ORDER.find((name) => wrong[name] !== undefined);
    if (first === undefined) make.mutate();
    else element.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  const bind: Bind = (name) => ({
    name,
    value: form[name],
    onChange: ({ target }) => setForm({ ...form, [name]: target.value }),
  });
  const words = keys.form;
  return (
    <FormDialog
      title={words.title}
      onClose={props.onClose}
      onSubmit={submit}
      submit={words.submit}
      busy={make.isPending}
      leave={
        <Button kind="quiet" onClick={props.onClose}>
          {common.cancel}
        </Button>
      }
    >
      {told !== null && told.at === null && (
        <Notice tone="red" urgent>
          {told.text}
        </Notice>
      )}
      <Field label={words.name} hint={words.nameHint} error={faults.name}>
        {(control) => (
          <Input
            {...control}
            {...bind("name")}
            placeholder={words.namePlaceholder}
            autoComplete="off"
            maxLength={100}
          />
        )}
      </Field>
      <ModeAndScopes form={form} onChange={setForm} error={faults.scopes} />
      <Limits form={form} onChange={setForm} bind={bind} faults={faults} />
    </FormDialog>
  );
}

/** The refusal of a member at its field. */
function namedFault(told: Fault<string> | null): Readonly<Partial<Record<keyof KeyForm, string>>> {
  const name = told === null || told.at === null ? undefined : FIELD_OF[told.at];
  return name === undefined ? {} : { [name]: told?.text };
}

interface PartProps {
  readonly form: KeyForm;
  readonly onChange: (form: KeyForm) => void;
}

function ModeAndScopes({ form, onChange, error }: PartProps & { error: string | undefined }) {
  const words = keys.form;
  return (
    <>
      <div className="field">
        <span className="field-label">{words.mode}</span>
        <div>
          <Segmented
            label={words.mode}
            value={form.mode}
            onChange={(mode) => onChange({ ...form, mode })}
            choices={[
              { value: "live", label: words.live },
              { value: "test", label: words.test },
            ]}
          />
        </div>
        <span className="field-hint">{form.mode === "live" ? words.liveHint : words.testHint}</span>
      </div>
      <fieldset className="field">
        <legend className="field-label">{words.scopes}</legend>
        <div className="key-scopes">
          {SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              label={keys.scopeNames[scope]}
              checked={form.scopes.includes(scope)}
              onChange={(checked) => {
                const scopes = SCOPES.filter((each) =>
                  each === scope ? checked : form.scopes.includes(each),
                );
                onChange({ ...form, scopes });
              }}
            />
          ))}
        </div>
        {error !== undefined && <FieldError text={error} />}
      </fieldset>
    </>
  );
}

interface LimitsProps extends PartProps {
  readonly bind: Bind;
  readonly faults: Readonly<Partial<Record<keyof KeyForm, string>>>;
}

function Limits({ form, onChange, bind, faults }: LimitsProps) {
  const words = keys.form;
  const expiry = Object.entries(words.expiry);
  // Numbers among the keys of an object come first: “never” belongs before them.
  const ordered = expiry.toSorted(([left], [right]) => Number(left) - Number(right) || 0);
  return (
    <fieldset className="stack">
      <div className="key-limits">
        <Field label={words.expires}>
          {(control) => (
            <Select
              {...control}
              value={form.expires}
              onChange={(event) => onChange({ ...form, expires: event.target.value })}
            >
              {ordered.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={words.perMinute} error={faults.perMinute}>
          {(control) => <Input {...control} {...bind("perMinute")} inputMode="numeric" />}
        </Field>
        <Field label={words.perDay} aside={words.credits} error={faults.perDay}>
          {(control) => <Input {...control} {...bind("perDay")} inputMode="decimal" />}
        </Field>
        <Field label={words.total} aside={words.credits} error={faults.total}>
          {(control) => <Input {...control} {...bind("total")} inputMode="decimal" />}
        </Field>
      </div>
      <Field label={words.networks} hint={words.networksHint} error={faults.networks}>
        {(control) => (
          <TextArea {...control} {...bind("networks")} rows={2} placeholder="203.0.113.0/24" />
        )}
      </Field>
    </fieldset>
  );
}
