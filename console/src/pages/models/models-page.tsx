import { useQuery } from "@tanstack/react-query";
import { Badge, Chip } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Search, Segmented } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Page } from "../../components/page.tsx";
import { type ModelItem, modelsQuery } from "../../lib/models.ts";
import { Link, setQueryWords, useQueryWord } from "../../lib/router.tsx";
import { useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { modelWords } from "../../strings/en/models.ts";
import { pages } from "../../strings/en/pages.ts";
import { ModelPeek } from "./model-peek.tsx";
import "./models.css";

/** The catalogue: what can be made, at which price, by whom. */
export function ModelsPage() {
  const query = useQuery(modelsQuery());
  const [kind, setKind] = useQueryWord("kind");
  const [text, setText] = useQueryWord("q");
  const [opened, setOpened] = useQueryWord("model");
  useShortcuts({ "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus() });
  const kinds = Object.entries(modelWords.kinds).map(([value, label]) => ({ value, label }));
  const shown = query.data?.filter((model) => isShown(model, kind, text));
  return (
    <Page
      title={pages.models}
      lead={modelWords.lead}
      filters={
        <>
          <Segmented
            label={pages.models}
            choices={[{ value: "all", label: modelWords.all }, ...kinds]}
            value={kind === "" ? "all" : kind}
            onChange={(value) => setKind(value === "all" ? "" : value)}
          />
          <Search label={modelWords.search} value={text} onChange={setText} />
        </>
      }
    >
      {shown === undefined && query.error === null && <Skeleton height={400} />}
      {shown === undefined && query.error !== null && (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
      {shown?.length === 0 && (
        <Empty
          icon="filter"
          title={modelWords.none.title}
          actions={
            <Button onClick={() => setQueryWords({ q: "", kind: "" })}>
              {modelWords.none.clear}
            </Button>
          }
        />
      )}
      <ul className="models">
        {shown?.map((model) => (
          <ModelCard key={model.id} model={model} />
        ))}
      </ul>
      {opened !== "" && <ModelPeek id={opened} onClose={() => setOpened("")} />}
    </Page>
  );
}

function isShown({ id, summary, media }: ModelItem, kind: string, text: string): boolean {
  if (kind !== "" && media !== kind) return false;
  const words = text.toLowerCase().split(/\s+/);
  const about = `${id} ${summary}`.toLowerCase();
  return words.every((word) => about.includes(word));
}

function ModelCard({ model }: { readonly model: ModelItem }) {
  const to = useTo();
  return (
    <li className="card model" data-old={model.deprecation !== null || undefined}>
      <div className="row">
        <Icon name={model.media} />
        <Link
          className="model-id truncate grow"
          to={to(`models?model=${encodeURIComponent(model.id)}`)}
        >
          {model.id}
        </Link>
        {model.deprecation !== null && (
          <Badge tone="amber" icon="clock" title={model.deprecation}>
            {modelWords.deprecated}
          </Badge>
        )}
      </div>
      <p className="muted">{model.summary}</p>
      <p className="meta">{model.price ?? modelWords.noPrice}</p>
      <div className="row-wrap">
        {model.providers.map((provider) => (
          <Chip key={provider}>{provider}</Chip>
        ))}
      </div>
    </li>
  );
}
