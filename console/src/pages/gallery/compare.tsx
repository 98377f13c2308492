import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { Modal } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Segmented } from "../../components/field.tsx";
import { MediaView } from "../../components/media.tsx";
import { Untrusted } from "../../components/values.tsx";
import { nearUrl } from "../../lib/own-path.ts";
import { useScene } from "../../lib/session.tsx";
import { type TaskDetail, taskQuery } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";

type Way = "beside" | "slider";

/** Two results over everything: beside each other, or pictures under a slider. */
export function Compare(props: {
  readonly taskIds: readonly [string, string];
  readonly onClose: () => void;
}) {
  const { project } = useScene();
  const [way, setWay] = useState<Way>("beside");
  const queries = useQueries({ queries: props.taskIds.map((id) => taskQuery(project.id, id)) });
  const tasks = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const fault = queries.find(({ error }) => error !== null);
  const pictures = tasks.flatMap(pictureOf);
  const [left, right] = pictures;
  const mayLay = tasks.length === 2 && pictures.length === 2;
  const { compare } = gallery;
  return (
    <Modal className="lightbox" label={compare.title} onClose={props.onClose}>
      <div className="lightbox-frame">
        <div className="lightbox-head">
          <h2 className="grow">{compare.title}</h2>
          {mayLay && (
            <Segmented
              label={compare.title}
              value={way}
              onChange={setWay}
              choices={[
                { value: "beside", label: compare.beside },
                { value: "slider", label: compare.slider },
              ]}
            />
          )}
          <IconButton icon="close" label={gallery.close} onClick={props.onClose} />
        </div>
        {fault !== undefined && (
          <LoadError error={fault.error} onRetry={() => void fault.refetch()} />
        )}
        {fault === undefined && tasks.length < 2 && <Skeleton height={360} />}
        {tasks.length === 2 && way === "slider" && left !== undefined && right !== undefined ? (
          <Laid left={left} right={right} />
        ) : (
          <div className="compare-sides">{tasks.map(Side)}</div>
        )}
      </div>
    </Modal>
  );
}

/** The first picture of a task; none for films and songs. */
function pictureOf({ files, kind }: TaskDetail): readonly string[] {
  const url = kind === "image" ? files.find(({ file_url }) => file_url !== null)?.file_url : null;
  return typeof url === "string" ? [nearUrl(url)] : [];
}

function Side(task: TaskDetail) {
  const name = task.prompt || task.model;
  return (
    <figure key={task.task_id} className="compare-side">
      <MediaView files={task.files} alt={name} />
      <figcaption>
        <strong>
          <Untrusted text={task.model} />
        </strong>
        <p className="muted">
          <Untrusted text={name} />
        </p>
      </figcaption>
    </figure>
  );
}

/** One picture over the other, as far as the slider stands. */
function Laid({ left, right }: { readonly left: string; readonly right: string }) {
  const [percent, setPercent] = useState(50);
  return (
    <div className="compare-laid">
      <div className="compare-stack">
        <img src={left} alt={gallery.compare.left} />
        <img
          src={right}
          alt={gallery.compare.right}
          style={{ clipPath: `inset(0 0 0 ${percent}%)` }}
        />
      </div>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-label={gallery.compare.share}
        onChange={({ target }) => setPercent(Number(target.value))}
      />
    </div>
  );
}
