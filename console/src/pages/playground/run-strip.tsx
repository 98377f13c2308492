import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Icon, type IconName } from "../../components/icon.tsx";
import { taskSign } from "../../components/status.tsx";
import { ownPath } from "../../lib/own-path.ts";
import { useScene } from "../../lib/session.tsx";
import { taskNowQuery } from "../../lib/task-now.ts";
import { isOpen, taskQuery } from "../../lib/tasks.ts";
import { playground } from "../../strings/en/playground.ts";
import type { Run } from "./runs.ts";
import type { Runs } from "./use-runs.ts";

const SHOWN_MAX = 12;

/** The last runs as small pictures; a press shows one again. */
export function RunStrip({ runs }: { readonly runs: Runs }) {
  return (
    <div className="runs">
      <div className="row">
        <h3 className="grow">{playground.runs.title}</h3>
        <Button small kind="quiet" onClick={runs.clear}>
          {playground.runs.clear}
        </Button>
      </div>
      <ul className="runs-list">
        {runs.list.slice(0, SHOWN_MAX).map((run) => (
          <li key={run.key}>
            <button
              type="button"
              className="run-tile"
              aria-pressed={run === runs.shown}
              onClick={() => runs.show(run.key)}
            >
              <Tile run={run} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Tile({ run }: { readonly run: Run }) {
  if (run.taskId === null) {
    const word = run.fault === null ? playground.runs.submitting : playground.runs.notSent;
    return (
      <>
        <Icon name={run.fault === null ? "clock" : "warning"} />
        <span className="hidden-visually">{playground.runs.label(run.body.model, word)}</span>
      </>
    );
  }
  return <TaskTile taskId={run.taskId} model={run.body.model} />;
}

const MEDIA_ICONS: Readonly<Record<string, IconName>> = {
  image: "image",
  video: "video",
  audio: "music",
};

function TaskTile({ taskId, model }: { readonly taskId: string; readonly model: string }) {
  const { project } = useScene();
  const [bare, setBare] = useState(false);
  const now = useQuery(taskNowQuery(taskId)).data;
  const ended = now !== undefined && !isOpen(now.status);
  const task = useQuery({ ...taskQuery(project.id, taskId), enabled: ended }).data;
  const sign = taskSign(now?.status ?? "not_started", now?.error_code ?? null);
  const thumb = task?.files.find(({ thumb_url }) => thumb_url !== null)?.thumb_url ?? null;
  const path = ownPath(thumb);
  const [family = ""] = task?.files[0]?.media_type.split("/") ?? [];
  const media = MEDIA_ICONS[family];
  return (
    <>
      <span className="run-sign" data-tone={sign.tone}>
        <Icon name={media ?? sign.icon} />
      </span>
      {path !== null && !bare && (
        <img src={path} alt="" loading="lazy" onError={() => setBare(true)} />
      )}
      {now?.status === "running" && <span className="run-percent">{now.progress} %</span>}
      <span className="hidden-visually">{playground.runs.label(model, sign.word)}</span>
    </>
  );
}
