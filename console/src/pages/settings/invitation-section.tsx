import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Notice } from "../../components/feedback.tsx";
import { Field, Input, Select } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Copy, Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { useScene } from "../../lib/session.tsx";
import { useSubmission } from "../../lib/submission.ts";
import { settingsWords } from "../../strings/en/settings.ts";
import { type FreshInvitation, type Invitation, invitationsQuery } from "./people.ts";
import { Section } from "./section.tsx";

const TONES: Readonly<Record<Invitation["state"], Tone>> = {
  open: "blue",
  used: "green",
  ended: "grey",
  revoked: "grey",
};

/** Who has been asked to join. */
export function InvitationSection() {
  const { project } = useScene();
  const client = useQueryClient();
  const query = invitationsQuery(project.id);
  const { data } = useQuery(query);
  const { attempt } = useAttempt();
  const [inviting, setInviting] = useState(false);
  const words = settingsWords.invitations;
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: query.queryKey });
  const revoke = async (id: string): Promise<void> => {
    await attempt(() => api(`/api/invitations/${id}/revoke`, { method: "POST" }), words.revoked);
    await renew();
  };
  const columns: readonly Column<Invitation>[] = [
    { key: "note", head: words.note, cell: ({ note }) => <Untrusted text={note || "–"} /> },
    {
      key: "role",
      head: words.role,
      cell: ({ role }) => <span className="nowrap">{settingsWords.roles[role]}</span>,
    },
    {
      key: "state",
      head: words.state,
      cell: ({ state }) => <Badge tone={TONES[state]}>{words.states[state]}</Badge>,
    },
    {
      key: "ends",
      head: words.ends,
      cell: ({ state, expires_time }) =>
        state === "open" ? <Time value={expires_time} /> : <span className="faint">–</span>,
      wideOnly: true,
    },
    {
      key: "revoke",
      head: <span className="hidden-visually">{words.revoke}</span>,
      align: "end",
      cell: ({ id, state }) =>
        state === "open" && (
          <Button small kind="danger-plain" onClick={() => void revoke(id)}>
            {words.revoke}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={words.title}
      action={
        <Button small icon="plus" onClick={() => setInviting(true)}>
          {words.create}
        </Button>
      }
    >
      {data?.length === 0 && <p className="muted">{words.none}</p>}
      {data !== undefined && data.length > 0 && (
        <Table caption={words.title} columns={columns} rows={data} rowKey={({ id }) => id} />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} onDone={renew} />}
    </Section>
  );
}

function InviteDialog(props: {
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}) {
  const [made, setMade] = useState<FreshInvitation | null>(null);
  const words = settingsWords.invitations;
  if (made !== null) {
    return (
      <Dialog title={words.create} foot={<Button onClick={props.onClose}>{words.done}</Button>}>
        <div className="stack">
          <Notice tone="green">{words.link}</Notice>
          <div className="copy-line">
            <code>{made.url}</code>
            <Copy text={made.url} />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <InviteForm
      onClose={props.onClose}
      onMade={(invitation) => {
        setMade(invitation);
        void props.onDone();
      }}
    />
  );
}

function InviteForm(props: {
  readonly onClose: () => void;
  readonly onMade: (invitation: FreshInvitation) => void;
}) {
  const [role, setRole] = useState("member");
  const [note, setNote] = useState("");
  const [days, setDays] = useState("7");
  const { busy, send, faultOf } = useSubmission(["note"]);
  const words = settingsWords.invitations;
  const submit = (): void => {
    const body = { role, note, expires_in_days: Number(days) };
    void send(async () => props.onMade(await api<FreshInvitation>("/api/invitations", { body })));
  };
  return (
    <FormDialog
      title={words.create}
      onClose={props.onClose}
      onSubmit={submit}
      submit={words.create}
      busy={busy}
      error={faultOf(null)}
    >
      <Field label={words.note} hint={words.noteHint} error={faultOf("note")}>
        {(control) => (
          <Input
            {...control}
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <OneOf label={words.role} names={settingsWords.roles} value={role} onChange={setRole} />
      <OneOf label={words.days} names={words.daysOf} value={days} onChange={setDays} />
    </FormDialog>
  );
}

function OneOf(props: {
  readonly label: string;
  readonly names: Readonly<Record<string, string>>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      {(control) => (
        <Select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {Object.entries(props.names).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
