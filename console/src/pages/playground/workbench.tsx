import { useRef, useState } from "react";
import { Button, LinkButton } from "../../components/button.tsx";
import { Snippets } from "../../components/code.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Notice } from "../../components/feedback.tsx";
import { ErrorSummary } from "../../components/field.tsx";
import { type Tab, Tabs } from "../../components/tabs.tsx";
import type { ModelDetail } from "../../lib/models.ts";
import { remember, remembered } from "../../lib/preferences.ts";
import { useMay, useRunsGateway, useScene, useTo } from "../../lib/session.tsx";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { requestSnippets, type SubmitBody } from "../../lib/snippets.ts";
import { playground } from "../../strings/en/playground.ts";
import { common } from "../../strings/en/shell.ts";
import { Form } from "./form.tsx";
import { JsonTab } from "./json-tab.tsx";
import { ResultPane } from "./result-pane.tsx";
import { RunBar } from "./run-bar.tsx";
import type { RunMode } from "./runs.ts";
import { looksSecret } from "./secrets.ts";
import { type Values, withPicture } from "./to-input.ts";
import { type Draft, keepDraft, useDraft } from "./use-draft.ts";
import { useRuns } from "./use-runs.ts";

/** Form at the left, results and code at the right. */
export function Workbench(props: {
  readonly model: ModelDetail;
  /** An input to begin with: that of the task that is run again. */
  readonly start: Values | null;
  readonly onModel: (model: string) => void;
}) {
  const { model } = props;
  const { project } = useScene();
  const draft = useDraft(model, props.start);
  const runs = useRuns(project.id);
  const [mode, setMode] = useState<RunMode>(remembered("run-mode") === "test" ? "test" : "live");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [triedOn, setTriedOn] = useState<string | null>(null);
  const [secret, setSecret] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const may = useMay("submit");
  const start = (body: SubmitBody): void => {
    setSecret(false);
    runs.start(body, mode);
  };
  const edit = (body: SubmitBody): void => {
    if (body.model === model.id) draft.set(body.input);
    else {
      keepDraft(project.id, body);
      props.onModel(body.model);
    }
  };
  const choose = (next: RunMode): void => {
    setMode(next);
    remember("run-mode", next);
  };
  const tried = triedOn === model.id;
  const run = (): void => {
    setTriedOn(model.id);
    const [first] = draft.faults.keys();
    if (first !== undefined) jumpTo(form.current, first);
    else if (looksSecret(JSON.stringify(draft.body))) setSecret(true);
    else start(draft.body);
  };
  useShortcuts({ ...(may ? { "mod+Enter": run } : {}), e: () => jumpTo(form.current, "/prompt") });
  const shown = new Map(
    [...draft.faults].filter(([pointer]) => tried || left.has(pointer.split("/")[1] ?? "")),
  );
  return (
    <div className="workbench">
      <div className="bench-form" ref={form}>
        <ModelFacts model={model} mode={mode} onMode={choose} />
        <Dropped draft={draft} onBack={() => history.back()} />
        <Views
          draft={draft}
          faults={shown}
          onLeave={(name) => setLeft((before) => new Set(before).add(name))}
        />
        {tried && <Summary faults={draft.faults} onJump={(at) => jumpTo(form.current, at)} />}
        <RunBar draft={draft} mode={mode} may={may} tried={tried} onMode={choose} onRun={run} />
      </div>
      <div className="bench-result">
        <ResultPane runs={runs} onEdit={edit} onUse={useOf(draft)} />
        <section aria-label={playground.code}>
          <Snippets
            label={playground.code}
            snippets={requestSnippets({ origin: location.origin, body: draft.body })}
          />
        </section>
      </div>
      {secret && <SecretDialog onClose={() => setSecret(false)} onSend={() => start(draft.body)} />}
    </div>
  );
}

/** How a result becomes an input; `undefined` for a model that takes no pictures. */
function useOf({ fields, values, set }: Draft): ((url: string) => void) | undefined {
  if (withPicture(fields, values, "") === null) return undefined;
  return (url) => set(withPicture(fields, values, url) ?? values);
}

function Views(props: {
  readonly draft: Draft;
  readonly faults: ReadonlyMap<string, string>;
  readonly onLeave: (name: string) => void;
}) {
  const { draft } = props;
  const [view, setView] = useState("form");
  const tabs: readonly Tab[] = [
    {
      key: "form",
      label: playground.views.form,
      panel: () => (
        <Form
          fields={draft.fields}
          values={draft.values}
          onChange={draft.set}
          faults={props.faults}
          onLeave={props.onLeave}
          ghost={draft.example}
        />
      ),
    },
    {
      key: "json",
      label: playground.views.json,
      panel: () => <JsonTab draft={draft} />,
    },
  ];
  return (
    <Tabs
      label={playground.viewsLabel}
      tabs={tabs}
      value={view}
      onChange={setView}
      aside={
        <Button small kind="quiet" onClick={() => draft.set(draft.example)}>
          {playground.example}
        </Button>
      }
    />
  );
}

function ModelFacts(props: {
  readonly model: ModelDetail;
  readonly mode: RunMode;
  readonly onMode: (mode: RunMode) => void;
}) {
  const { model, mode } = props;
  const isOffline = model.providers.every((name) => name === "offline");
  const isUnserved = model.providers.length === 0;
  return (
    <div className="model-facts">
      <p>{model.summary}</p>
      <p className="meta">
        {model.price}
        {model.providers.length > 0 && ` · ${model.providers.join(" → ")}`}
      </p>
      {isOffline && !isUnserved && mode === "live" && (
        <p className="meta">{playground.offlineOnly}</p>
      )}
      {model.deprecation !== null && <Notice tone="amber">{model.deprecation}</Notice>}
      {isUnserved && mode === "live" && <Unserved onOffline={() => props.onMode("test")} />}
    </div>
  );
}

/** Said before the press: a live run would be refused. */
function Unserved({ onOffline }: { readonly onOffline: () => void }) {
  const { unserved } = playground;
  const to = useTo();
  const mayAdd = useRunsGateway();
  return (
    <Notice tone="amber">
      <p>{unserved.text}</p>
      <div className="row-wrap">
        <Button small onClick={onOffline}>
          {unserved.offline}
        </Button>
        {mayAdd && (
          <LinkButton small to={to("providers")}>
            {unserved.add}
          </LinkButton>
        )}
      </div>
    </Notice>
  );
}

function Dropped({ draft, onBack }: { readonly draft: Draft; readonly onBack: () => void }) {
  if (draft.dropped.length === 0) return null;
  const { carried } = playground;
  return (
    <Notice
      tone="grey"
      action={
        <Button small kind="quiet" onClick={onBack}>
          {carried.undo}
        </Button>
      }
    >
      {carried.text(draft.dropped.join(", "))}
    </Notice>
  );
}

function Summary(props: {
  readonly faults: ReadonlyMap<string, string>;
  readonly onJump: (pointer: string) => void;
}) {
  const errors = [...props.faults].map(([pointer, text]) => ({
    text: `${pointer.slice(1).replaceAll("/", " ")}: ${text}`,
    onJump: () => props.onJump(pointer),
  }));
  return <ErrorSummary errors={errors} />;
}

function SecretDialog(props: { readonly onClose: () => void; readonly onSend: () => void }) {
  const { secret } = playground;
  return (
    <Dialog
      title={secret.title}
      onClose={props.onClose}
      foot={
        <>
          <Button kind="quiet" onClick={props.onSend}>
            {secret.send}
          </Button>
          <Button kind="primary" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </>
      }
    >
      <p>{secret.text}</p>
    </Dialog>
  );
}

/** Puts the focus into the field of a fault. */
function jumpTo(form: HTMLElement | null, pointer: string): void {
  const name = pointer.split("/")[1] ?? "";
  const field = form?.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const control = field?.querySelector<HTMLElement>(
    "[aria-invalid=true], textarea, input:not([type=file]), select, button",
  );
  control?.focus();
}
