import type { LedgerEntry } from "../lib/tasks.ts";
import { ledgerWords } from "../strings/en/usage.ts";
import { type Column, Table } from "./table.tsx";
import { Money, Time, Untrusted } from "./values.tsx";

/** Entries of the ledger, with what each did to the balance. */
export function LedgerTable({ entries }: { readonly entries: readonly LedgerEntry[] }) {
  const columns: readonly Column<LedgerEntry>[] = [
    {
      key: "time",
      head: ledgerWords.time,
      cell: ({ created_time }) => <Time value={created_time} />,
    },
    { key: "kind", head: ledgerWords.kind, cell: ({ kind }) => ledgerWords.kinds[kind] },
    { key: "note", head: ledgerWords.note, cell: ({ note }) => <Untrusted text={note} /> },
    {
      key: "credits",
      head: ledgerWords.credits,
      cell: ({ credits }) => <Money credits={credits} />,
      align: "end",
    },
    {
      key: "change",
      head: ledgerWords.change,
      cell: ({ change }) => <Money credits={change} />,
      align: "end",
    },
  ];
  return (
    <Table
      caption={ledgerWords.caption}
      columns={columns}
      rows={entries}
      rowKey={({ ledger_id }) => ledger_id}
    />
  );
}
