import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Select } from "../../components/field.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { visibleText } from "../../lib/format.ts";
import { useScene } from "../../lib/session.tsx";
import { settingsWords } from "../../strings/en/settings.ts";
import { common } from "../../strings/en/shell.ts";
import { type Member, membersQuery } from "./people.ts";
import { Section } from "./section.tsx";

/** Who belongs to the project, and as what. */
export function MemberSection() {
  const { project, session } = useScene();
  const client = useQueryClient();
  const query = membersQuery(project.id);
  const { data, error, refetch } = useQuery(query);
  const { attempt } = useAttempt();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const words = settingsWords.members;
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: query.queryKey });
  const setRole = async (member: Member, role: string): Promise<void> => {
    await attempt(() => api(`/api/members/${member.id}/role`, { body: { role } }), words.changed);
    await renew();
  };
  return (
    <Section title={words.title}>
      {data === undefined && error === null && <Skeleton height={80} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Table
          caption={words.title}
          columns={columnsFor({ own: session.person?.id ?? "", setRole, remove: setLeaving })}
          rows={data}
          rowKey={({ id }) => id}
        />
      )}
      {leaving !== null && (
        <RemoveDialog member={leaving} onClose={() => setLeaving(null)} onDone={renew} />
      )}
    </Section>
  );
}

interface RowActions {
  /** The person who looks. */
  readonly own: string;
  readonly setRole: (member: Member, role: string) => Promise<void>;
  readonly remove: (member: Member) => void;
}

function columnsFor({ own, setRole, remove }: RowActions): readonly Column<Member>[] {
  const words = settingsWords.members;
  return [
    {
      key: "name",
      head: words.name,
      cell: ({ id, name }) => (
        <>
          <Untrusted text={name} /> {id === own && <span className="meta">{words.you}</span>}
        </>
      ),
    },
    {
      key: "email",
      head: words.email,
      cell: ({ email }) => <Untrusted text={email} />,
      wideOnly: true,
    },
    {
      key: "role",
      head: words.role,
      cell: (member) => (
        <Select
          small
          aria-label={`${words.role}: ${visibleText(member.name)}`}
          value={member.role}
          onChange={(event) => void setRole(member, event.target.value)}
        >
          {Object.entries(settingsWords.roles).map(([role, name]) => (
            <option key={role} value={role}>
              {name}
            </option>
          ))}
        </Select>
      ),
    },
    {
      key: "seen",
      head: words.seen,
      cell: ({ last_seen_time }) => <Time value={last_seen_time} />,
      wideOnly: true,
    },
    {
      key: "remove",
      head: <span className="hidden-visually">{words.remove}</span>,
      align: "end",
      cell: (member) => (
        <Button small kind="danger-plain" onClick={() => remove(member)}>
          {words.remove}
        </Button>
      ),
    },
  ];
}

function RemoveDialog(props: {
  readonly member: Member;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}) {
  const { member, onClose } = props;
  const { busy, attempt } = useAttempt();
  const words = settingsWords.members;
  const remove = async (): Promise<void> => {
    const path = `/api/members/${member.id}/remove`;
    await attempt(() => api(path, { method: "POST" }), words.removed);
    await props.onDone();
    onClose();
  };
  return (
    <Dialog
      title={words.removeTitle}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {words.remove}
          </Button>
        </>
      }
    >
      <p>{words.removeText(visibleText(member.name))}</p>
    </Dialog>
  );
}
