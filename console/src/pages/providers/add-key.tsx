import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Field, Input, Select } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useToast } from "../../components/toast.tsx";
import { api } from "../../lib/api.ts";
import { useSubmission } from "../../lib/submission.ts";
import { providers as words } from "../../strings/en/providers.ts";
import type { KeyEffect, Provider } from "./provider-data.ts";

/** Adds a provider's key. It goes one way: nothing ever shows it again. */
export function AddKey(props: {
  readonly providers: readonly Provider[];
  /** Empty: the first. */
  readonly chosen: string;
  readonly onClose: () => void;
}) {
  const { providers, onClose } = props;
  const names = providers.map(({ name }) => name);
  const client = useQueryClient();
  const toast = useToast();
  const [provider, setProvider] = useState(props.chosen === "" ? (names[0] ?? "") : props.chosen);
  const [account, setAccount] = useState("");
  const [key, setKey] = useState("");
  const { busy, send, faultOf } = useSubmission(["provider", "key", "account"]);
  const add = async (): Promise<void> => {
    const body = { provider, key, ...(account === "" ? {} : { account }) };
    const effect = await api<KeyEffect>("/api/provider-keys", { body });
    const isMapped = providers.some(({ name, models }) => name === provider && models.length > 0);
    toast({ tone: "green", text: isMapped ? words.added : words.addedUnmapped });
    if (effect.others_need_restart) toast({ tone: "grey", text: words.others });
    await client.invalidateQueries({ queryKey: ["providers"] });
    await client.invalidateQueries({ queryKey: ["models"] });
    onClose();
  };
  return (
    <FormDialog
      title={words.dialog.title}
      onClose={onClose}
      onSubmit={() => void send(add)}
      submit={words.dialog.submit}
      busy={busy}
      error={faultOf(null)}
    >
      <ProviderField names={names} value={provider} onChange={setProvider} />
      <Written
        label={words.dialog.key}
        hint={words.dialog.keyHint}
        error={faultOf("key")}
        secret
        value={key}
        onChange={setKey}
      />
      <Written
        label={words.dialog.account}
        hint={words.dialog.accountHint}
        error={faultOf("account")}
        value={account}
        onChange={setAccount}
      />
    </FormDialog>
  );
}

function ProviderField(props: {
  readonly names: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={words.dialog.provider}>
      {(control) => (
        <Select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Written(props: {
  readonly label: string;
  readonly hint: string;
  readonly error: string;
  /** Not shown while it is typed. */
  readonly secret?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, hint, error, secret = false, value, onChange } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          type={secret ? "password" : "text"}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
