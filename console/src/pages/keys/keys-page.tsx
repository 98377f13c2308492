import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Search, Segmented } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { setQueryWords, useQueryWord } from "../../lib/router.tsx";
import { useMay, useScene } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { keys } from "../../strings/en/keys.ts";
import { pages } from "../../strings/en/pages.ts";
import { type ApiKey, type FreshKey, keysQuery } from "./api-key.ts";
import { CreateKey } from "./create-key.tsx";
import { KeyTable } from "./key-table.tsx";
import { MadeKey } from "./made-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { RotateKey } from "./rotate-key.tsx";
import "./keys.css";

type Open =
  | { readonly kind: "create" }
  | { readonly kind: "made"; readonly made: FreshKey }
  | { readonly kind: "rotate" | "revoke"; readonly subject: ApiKey };

/** Who may use the project from outside: create, rotate, revoke. */
export function KeysPage() {
  const { project } = useScene();
  const may = useMay("admin");
  const query = useQuery(keysQuery(project.id));
  const [open, setOpen] = useState<Open | null>(null);
  const create = (): void => setOpen({ kind: "create" });
  useShortcuts(may ? { n: create } : {});
  return (
    <Page
      title={pages.keys}
      lead={keys.lead}
      actions={
        may && (
          <Button kind="primary" icon="plus" onClick={create}>
            {keys.create}
          </Button>
        )
      }
      {...(query.data?.length ? { filters: <Filters list={query.data} /> } : {})}
    >
      {query.data === undefined ? (
        <Missing error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <KeyList list={query.data} may={may} onOpen={setOpen} busy={query.isFetching} />
      )}
      {open !== null && <Opened open={open} onOpen={setOpen} />}
    </Page>
  );
}

function Missing(props: { readonly error: Error | null; readonly onRetry: () => void }) {
  if (props.error === null) return <Skeleton height={240} />;
  return <LoadError error={props.error} onRetry={props.onRetry} />;
}

function Opened(props: { readonly open: Open; readonly onOpen: (open: Open | null) => void }) {
  const { open, onOpen } = props;
  const close = (): void => onOpen(null);
  const made = (key: FreshKey): void => onOpen({ kind: "made", made: key });
  if (open.kind === "create") return <CreateKey onClose={close} onMade={made} />;
  if (open.kind === "made") return <MadeKey made={open.made} onClose={close} />;
  if (open.kind === "rotate") {
    return <RotateKey subject={open.subject} onClose={close} onMade={made} />;
  }
  return <RevokeKey subject={open.subject} onClose={close} />;
}

type View = "active" | "ended" | "all";

function Filters({ list }: { readonly list: readonly ApiKey[] }) {
  const [view, setView] = useQueryWord("view", "active");
  const [text, setText] = useQueryWord("q");
  const count = (wanted: View): number => list.filter((key) => isIn(key, wanted)).length;
  const choices = (["active", "ended", "all"] as const).map((value) => ({
    value,
    label: `${keys.counts[value]} ${count(value)}`,
  }));
  return (
    <>
      <Segmented
        label={keys.columns.status}
        choices={choices}
        value={viewOf(view)}
        onChange={setView}
      />
      <Search label={keys.search} value={text} onChange={setText} />
    </>
  );
}

function KeyList(props: {
  readonly list: readonly ApiKey[];
  readonly may: boolean;
  readonly busy: boolean;
  readonly onOpen: (open: Open) => void;
}) {
  const [view] = useQueryWord("view", "active");
  const [text] = useQueryWord("q");
  const { list, may, onOpen } = props;
  const wanted = text.trim().toLowerCase();
  const shown = list.filter(
    (key) => isIn(key, viewOf(view)) && key.name.toLowerCase().includes(wanted),
  );
  if (list.length === 0) {
    return (
      <Empty
        icon="keys"
        title={keys.empty.title}
        actions={may && <Button onClick={() => onOpen({ kind: "create" })}>{keys.create}</Button>}
      >
        {keys.empty.text}
      </Empty>
    );
  }
  if (shown.length === 0) {
    const clear = (): void => setQueryWords({ view: "all", q: "" });
    return (
      <Empty
        icon="filter"
        title={keys.none.title}
        actions={<Button onClick={clear}>{keys.none.clear}</Button>}
      />
    );
  }
  return (
    <KeyTable
      rows={shown}
      busy={props.busy}
      {...(may
        ? {
            onRotate: (subject: ApiKey) => onOpen({ kind: "rotate", subject }),
            onRevoke: (subject: ApiKey) => onOpen({ kind: "revoke", subject }),
          }
        : {})}
    />
  );
}

function viewOf(word: string): View {
  return word === "ended" || word === "all" ? word : "active";
}

function isIn({ status }: ApiKey, view: View): boolean {
  const works = status === "active" || status === "rotating";
  return view === "all" || works === (view === "active");
}
