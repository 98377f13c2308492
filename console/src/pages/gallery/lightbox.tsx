import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, IconButton, LinkButton } from "../../components/button.tsx";
import { Modal } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Untrusted } from "../../components/values.tsx";
import { useScene, useTo } from "../../lib/session.tsx";
import { type TaskDetail, taskQuery } from "../../lib/tasks.ts";
import { useKeys } from "../../lib/use-keys.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { TaskFacts } from "../task/task-facts.tsx";
import { TaskResult } from "../task/task-result.tsx";
import { useDownload } from "./use-download.ts";

/** One result over everything; the arrows go through all that the filter shows. */
export function Lightbox(props: {
  readonly taskId: string;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
}) {
  const { taskId, onClose, onStep } = props;
  const { project } = useScene();
  const [open, setOpen] = useState(false);
  const { busy, download } = useDownload();
  const { data, error, refetch } = useQuery(taskQuery(project.id, taskId));
  useKeys(({ key, target }) => {
    // A player and a wave have the arrows for themselves.
    const own = target instanceof Element && target.closest("video, audio, [role=slider]") !== null;
    if (own) return;
    if (key === "ArrowRight") onStep(1);
    if (key === "ArrowLeft") onStep(-1);
    if (key === "i") setOpen(!open);
    if (key === "d") void download([taskId]);
  });
  return (
    <Modal className="lightbox" label={gallery.open} onClose={onClose}>
      <div className="lightbox-frame">
        <div className="lightbox-head">
          <span className="grow truncate">
            {data !== undefined && <Untrusted text={data.prompt || data.model} />}
          </span>
          <IconButton icon="left" label={gallery.previous} onClick={() => onStep(-1)} />
          <IconButton icon="right" label={gallery.next} onClick={() => onStep(1)} />
          <IconButton
            icon="info"
            label={gallery.settings}
            aria-pressed={open}
            onClick={() => setOpen(!open)}
          />
          {data !== undefined && (
            <Button small icon="download" busy={busy} onClick={() => void download([taskId])}>
              {data.files.length > 1 ? gallery.downloadZip : gallery.download}
            </Button>
          )}
          {data !== undefined && <Links task={data} />}
          <IconButton icon="close" label={gallery.close} onClick={onClose} />
        </div>
        <div className="lightbox-body" data-open={open || undefined}>
          <div className="lightbox-media">
            {data !== undefined && <TaskResult task={data} />}
            {data === undefined && error === null && <Skeleton height={360} />}
            {error !== null && data === undefined && (
              <LoadError error={error} onRetry={() => void refetch()} />
            )}
          </div>
          {open && data !== undefined && (
            <aside className="lightbox-facts">
              <TaskFacts task={data} />
            </aside>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Links({ task }: { readonly task: TaskDetail }) {
  const to = useTo();
  return (
    <>
      <LinkButton small to={to(`playground?from=${task.task_id}`)} icon="swap">
        {gallery.remix}
      </LinkButton>
      <LinkButton small to={to(`tasks/${task.task_id}`)}>
        {gallery.open}
      </LinkButton>
    </>
  );
}
