import { Chip } from "../../components/badge.tsx";
import { IconButton } from "../../components/button.tsx";
import { Menu } from "../../components/menu.tsx";
import { KeyState } from "../../components/status.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Money, Time, Untrusted } from "../../components/values.tsx";
import { formatCredits } from "../../lib/format.ts";
import { keys } from "../../strings/en/keys.ts";
import { pages } from "../../strings/en/pages.ts";
import type { ApiKey } from "./api-key.ts";
import { Uses } from "./uses.tsx";

interface KeyTableProps {
  readonly rows: readonly ApiKey[];
  readonly busy: boolean;
  /** Absent for those who may only look. */
  readonly onRotate?: (key: ApiKey) => void;
  readonly onRevoke?: (key: ApiKey) => void;
}

/** The keys with what they spent and when they were used. */
export function KeyTable({ rows, busy, onRotate, onRevoke }: KeyTableProps) {
  const { columns: head } = keys;
  const columns: readonly Column<ApiKey>[] = [
    { key: "name", head: head.name, cell: NameCell },
    { key: "key", head: head.key, cell: KeyCell, wideOnly: true },
    { key: "mode", head: head.mode, cell: ModeCell, wideOnly: true },
    { key: "scopes", head: head.scopes, cell: ScopesCell, wideOnly: true },
    { key: "spent", head: head.spent, cell: SpentCell, align: "end", wideOnly: true },
    { key: "last", head: head.last, cell: LastCell, wideOnly: true },
    { key: "uses", head: head.uses, cell: (key) => <Uses uses={key.uses} />, wideOnly: true },
    { key: "status", head: head.status, cell: StatusCell },
    {
      key: "more",
      head: <span className="hidden-visually">{head.more}</span>,
      width: 40,
      align: "end",
      cell: (key) => <RowMenu subject={key} onRotate={onRotate} onRevoke={onRevoke} />,
    },
  ];
  return (
    <Table
      caption={pages.keys}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      busy={busy && rows.length === 0}
    />
  );
}

function RowMenu(props: {
  readonly subject: ApiKey;
  readonly onRotate: ((key: ApiKey) => void) | undefined;
  readonly onRevoke: ((key: ApiKey) => void) | undefined;
}) {
  const { subject, onRotate, onRevoke } = props;
  const works = subject.status === "active" || subject.status === "rotating";
  if (!works || onRotate === undefined || onRevoke === undefined) return null;
  const rotate = { label: keys.rotate.action, icon: "retry" as const };
  const revoke = { label: keys.revoke.action, icon: "canceled" as const, danger: true };
  return (
    <Menu
      end
      label={`${keys.columns.more}: ${subject.name}`}
      items={[
        ...(subject.status === "active" && !subject.bootstrap
          ? [{ ...rotate, onSelect: () => onRotate(subject) }]
          : []),
        { ...revoke, onSelect: () => onRevoke(subject) },
      ]}
      trigger={(trigger) => (
        <IconButton
          small
          icon="more"
          label={`${keys.columns.more}: ${subject.name}`}
          {...trigger}
        />
      )}
    />
  );
}

function NameCell({ name, bootstrap }: ApiKey) {
  return (
    <span className="key-name" title={bootstrap ? keys.bootstrapHint : undefined}>
      <strong>
        <Untrusted text={name} />
      </strong>
      {bootstrap && <span className="meta">{keys.bootstrap}</span>}
    </span>
  );
}

function KeyCell({ shown_as }: ApiKey) {
  return <code className="nowrap">{shown_as}</code>;
}

function ModeCell({ mode }: ApiKey) {
  return <Chip>{keys.modes[mode]}</Chip>;
}

function ScopesCell({ scopes }: ApiKey) {
  return <span className="muted">{scopes.join(", ")}</span>;
}

function SpentCell(key: ApiKey) {
  if (key.mode === "test") return <span className="muted">{keys.free}</span>;
  const title =
    key.spend_total === null
      ? undefined
      : keys.capTotal(formatCredits(key.spent_total), formatCredits(key.spend_total));
  const share =
    key.spend_per_day === null ? null : Number(key.spent_today) / Number(key.spend_per_day);
  return (
    <span className="key-spent" title={title}>
      <span className="nowrap">
        <Money credits={key.spent_today} />
        {key.spend_per_day !== null && (
          <span className="muted">
            {" / "}
            <Money credits={key.spend_per_day} />
          </span>
        )}
      </span>
      {share !== null && (
        <span className="key-meter" data-full={share >= 0.9}>
          <span style={{ width: `${Math.min(100, share * 100)}%` }} />
        </span>
      )}
    </span>
  );
}

function LastCell({ last_used_time }: ApiKey) {
  if (last_used_time === null) return <span className="faint">{keys.never}</span>;
  return <Time value={last_used_time} />;
}

function StatusCell({ status, expires_time, uses }: ApiKey) {
  const used = status === "rotating" && uses.slice(-2).some((count) => count > 0);
  return (
    <span className="key-state">
      <KeyState status={status} {...(used ? { note: keys.stillUsed } : {})} />
      {expires_time !== null && (status === "active" || status === "rotating") && (
        <span className="meta nowrap">
          {keys.ends} <Time value={expires_time} />
        </span>
      )}
    </span>
  );
}
