import { Button } from "../../components/button.tsx";
import { Empty, Notice } from "../../components/feedback.tsx";
import type { SubmitBody } from "../../lib/snippets.ts";
import { playground } from "../../strings/en/playground.ts";
import { RunStrip } from "./run-strip.tsx";
import type { Run } from "./runs.ts";
import { TaskView } from "./task-view.tsx";
import type { Runs } from "./use-runs.ts";

/** What the chosen run made, and the strip of those before it. */
export function ResultPane(props: {
  readonly runs: Runs;
  /** Puts the settings of a run into the form. */
  readonly onEdit: (body: SubmitBody) => void;
  /** Puts a picture into the form; absent where its model takes none. */
  readonly onUse: ((url: string) => void) | undefined;
}) {
  const { runs } = props;
  const { shown } = runs;
  return (
    <section className="result" aria-label={playground.result.title}>
      {shown === null && (
        <div className="result-stage">
          <Empty icon="playground" title={playground.result.empty}>
            {playground.result.emptyText}
          </Empty>
        </div>
      )}
      {shown !== null && shown.taskId === null && <Unsent run={shown} runs={runs} />}
      {shown !== null && shown.taskId !== null && (
        <TaskView
          key={shown.taskId}
          taskId={shown.taskId}
          body={shown.body}
          onAgain={() => runs.start(shown.body, shown.mode)}
          onEdit={props.onEdit}
          onUse={props.onUse}
        />
      )}
      {runs.list.length > 0 && <RunStrip runs={runs} />}
    </section>
  );
}

function Unsent({ run, runs }: { readonly run: Run; readonly runs: Runs }) {
  const words = playground.result;
  if (run.fault === null) {
    return (
      <div className="result-stage" aria-busy="true">
        <p className="muted" role="status">
          {playground.submitting}
        </p>
      </div>
    );
  }
  return (
    <div className="result-stage result-fault">
      <Notice tone="red" urgent>
        <p>{run.fault.text}</p>
        <p>{run.fault.isRefusal ? words.refused : words.notSent}</p>
      </Notice>
      <div className="row">
        <Button icon="retry" onClick={() => runs.retry(run)}>
          {words.tryAgain}
        </Button>
        <Button kind="quiet" onClick={() => runs.drop(run)}>
          {words.dismiss}
        </Button>
      </div>
    </div>
  );
}
