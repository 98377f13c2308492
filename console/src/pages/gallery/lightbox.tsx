import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, IconButton, LinkButton } from "../../components/button.tsx";
import { Modal } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Untrusted } from "../../components/values.tsx";
import { useMay, useScene, useTo } from "../../lib/session.tsx";
import { type TaskDetail, taskQuery } from "../../lib/tasks.ts";
import { useKeys } from "../../lib/use-keys.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { TaskFacts } from "../task/task-facts.tsx";
import { TaskResult } from "../task/task-result.tsx";
import { useDownload } from "./use-download.ts";

interface LightboxProps {
  readonly taskId: string;
  /** `null`: not known. */
  readonly starred: boolean | null;
  readonly onStar: (taskId: string, starred: boolean) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One result over everything; the arrows go through all that the filter shows. */
export function Lightbox(props: LightboxProps) {
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
        <Head
          {...props}
          task={data}
          open={open}
          onOpen={setOpen}
          busy={busy}
          onDownload={() => void download([taskId])}
        />
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

/** What it is called and what can be done with it. */
function Head(
  props: LightboxProps & {
    readonly task: TaskDetail | undefined;
    /** Whether its settings are shown. */
    readonly open: boolean;
    readonly onOpen: (open: boolean) => void;
    readonly busy: boolean;
    readonly onDownload: () => void;
  },
) {
  const { task, taskId, open, busy } = props;
  const mayStar = useMay("files");
  const starred = props.starred ?? task?.starred ?? false;
  return (
    <div className="lightbox-head">
      <span className="grow truncate">
        {task !== undefined && <Untrusted text={task.prompt || task.model} />}
      </span>
      <IconButton icon="left" label={gallery.previous} onClick={() => props.onStep(-1)} />
      <IconButton icon="right" label={gallery.next} onClick={() => props.onStep(1)} />
      <IconButton
        icon="info"
        label={gallery.settings}
        aria-pressed={open}
        onClick={() => props.onOpen(!open)}
      />
      {mayStar && (
        <IconButton
          icon="star"
          label={gallery.star}
          aria-pressed={starred}
          onClick={() => props.onStar(taskId, !starred)}
        />
      )}
      {task !== undefined && (
        <Button small icon="download" busy={busy} onClick={() => props.onDownload()}>
          {task.files.length > 1 ? gallery.downloadZip : gallery.download}
        </Button>
      )}
      {task !== undefined && <Links task={task} />}
      <IconButton icon="close" label={gallery.close} onClick={props.onClose} />
    </div>
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
