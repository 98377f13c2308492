import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, FieldError, Input } from "../../components/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { Untrusted } from "../../components/values.tsx";
import { ApiError, api } from "../../lib/api.ts";
import { type Session, useScene, useTakeSession } from "../../lib/session.tsx";
import { useSubmission } from "../../lib/submission.ts";
import { settingsWords } from "../../strings/en/settings.ts";
import { Section } from "./section.tsx";

const NOTHING = { current: "", next: "" };

/** The person's own name, address and password. */
export function AccountSection() {
  const { session } = useScene();
  const take = useTakeSession();
  const toast = useToast();
  const [fields, setFields] = useState(NOTHING);
  const { busy, send, faultOf } = useSubmission(["current_password", "new_password"]);
  const words = settingsWords.account;
  const change = async (): Promise<void> => {
    const body = { current_password: fields.current, new_password: fields.next };
    const session = await api<Session>("/api/session/password", { body }).catch((error) => {
      throw error instanceof ApiError && error.status === 401
        ? new ApiError({ ...error, message: `current_password ${words.wrong}` })
        : error;
    });
    take(session);
    setFields(NOTHING);
    toast({ tone: "green", text: words.changed });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(change);
  };
  return (
    <Section title={words.title}>
      <p>
        <Untrusted text={session.person?.name ?? ""} />{" "}
        <span className="muted">
          <Untrusted text={session.person?.email ?? ""} />
        </span>
      </p>
      <form className="settings-form" onSubmit={submit}>
        {/* Password managers look for the account that a password belongs to. */}
        <input
          className="hidden-visually"
          type="text"
          autoComplete="username"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
          value={session.person?.email ?? ""}
        />
        <Password
          label={words.current}
          kind="current-password"
          error={faultOf("current_password")}
          value={fields.current}
          onChange={(current) => setFields({ ...fields, current })}
        />
        <Password
          label={words.next}
          kind="new-password"
          hint={words.nextHint}
          error={faultOf("new_password")}
          value={fields.next}
          onChange={(next) => setFields({ ...fields, next })}
        />
        {faultOf(null) !== "" && <FieldError text={faultOf(null)} />}
        <div>
          <Button type="submit" busy={busy} off={fields.current === "" || fields.next === ""}>
            {words.change}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Password(props: {
  readonly label: string;
  readonly kind: "current-password" | "new-password";
  readonly hint?: string;
  readonly error: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { hint, error } = props;
  return (
    <Field label={props.label} error={error} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete={props.kind}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
