import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Checkbox, Field, Input } from "../../components/field.tsx";
import { door } from "../../strings/en/door.ts";
import { type Credentials, faultsOf } from "./credentials.ts";

interface CredentialsFormProps {
  /** A new account has a name, and its password is judged. */
  readonly fresh: boolean;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (credentials: Credentials) => void;
}

/** E-mail and password, and a name for a new account. Managers of passwords know these fields. */
export function CredentialsForm({ fresh, action, busy, error, onSubmit }: CredentialsFormProps) {
  const [value, setValue] = useState<Credentials>({ name: "", email: "", password: "" });
  const [tried, setTried] = useState(false);
  const [shown, setShown] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = tried ? faultsOf(value, fresh) : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(faultsOf(value, fresh));
    if (first === undefined) onSubmit(value);
    else form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  const bind = (name: keyof Credentials) => ({
    name,
    value: value[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setValue({ ...value, [name]: event.target.value }),
  });
  const { fields } = door;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      {error !== null && error !== undefined && (
        <Notice tone="red" urgent>
          {messageOf(error)}
        </Notice>
      )}
      {fresh && (
        <Field label={fields.name} error={faults.name}>
          {(control) => <Input {...control} {...bind("name")} autoComplete="name" />}
        </Field>
      )}
      <Field label={fields.email} error={faults.email}>
        {(control) => (
          <Input {...control} {...bind("email")} type="email" autoComplete="username" />
        )}
      </Field>
      <Field
        label={fields.password}
        error={faults.password}
        {...(fresh ? { hint: fields.passwordHint } : {})}
      >
        {(control) => (
          <Input
            {...control}
            {...bind("password")}
            type={shown ? "text" : "password"}
            autoComplete={fresh ? "new-password" : "current-password"}
          />
        )}
      </Field>
      {fresh && <Checkbox label={fields.showPassword} checked={shown} onChange={setShown} />}
      <Button kind="primary" type="submit" large wide busy={busy}>
        {action}
      </Button>
    </form>
  );
}
