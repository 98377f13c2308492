import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Time, Untrusted } from "../../components/values.tsx";
import { agentName } from "../../lib/agent-name.ts";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { settingsWords } from "../../strings/en/settings.ts";
import { type SignIn, sessionsQuery } from "./people.ts";
import { Section } from "./section.tsx";

/** Where the person is signed in, with the way to end it. */
export function SessionSection() {
  const client = useQueryClient();
  const query = sessionsQuery();
  const { data } = useQuery(query);
  const { attempt } = useAttempt();
  const words = settingsWords.sessions;
  const end = async (id: string): Promise<void> => {
    await attempt(() => api(`/api/session/${id}/revoke`, { method: "POST" }), words.ended);
    await client.invalidateQueries({ queryKey: query.queryKey });
  };
  const columns: readonly Column<SignIn>[] = [
    {
      key: "agent",
      head: words.agent,
      cell: ({ agent }) => (
        <span title={agent ?? undefined}>
          <Untrusted text={agentName(agent ?? "–")} />
        </span>
      ),
    },
    {
      key: "address",
      head: words.address,
      cell: ({ address }) => (
        <span className="nowrap">
          <Untrusted text={address ?? "–"} />
        </span>
      ),
      wideOnly: true,
    },
    {
      key: "seen",
      head: words.seen,
      cell: ({ last_seen_time }) => <Time value={last_seen_time} />,
    },
    {
      key: "end",
      head: <span className="hidden-visually">{words.end}</span>,
      align: "end",
      cell: ({ id, current }) =>
        current ? (
          <span className="meta">{words.this}</span>
        ) : (
          <Button small onClick={() => void end(id)}>
            {words.end}
          </Button>
        ),
    },
  ];
  if (data === undefined) return null;
  return (
    <Section title={words.title}>
      <Table caption={words.title} columns={columns} rows={data} rowKey={({ id }) => id} />
    </Section>
  );
}
