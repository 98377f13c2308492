import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { Modal } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Segmented } from "../../components/field.tsx";
import { Untrusted } from "../../components/values.tsx";
import { nearUrl } from "../../lib/own-path.ts";
import { useScene } from "../../lib/session.tsx";
import { type TaskDetail, type TaskItem, taskQuery } from "../../lib/tasks.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { TaskResult } from "../task/task-result.tsx";
import { useViewerKeys } from "./lightbox.tsx";
import { shownPictures } from "./pictures.ts";
import { FIT, type Zoom } from "./zoom.ts";
import { ZoomButtons, ZoomStage } from "./zoom-stage.tsx";

/** Most pictures of one task that stand side by side. */
const PANES_MAX = 4;

type Way = "beside" | "slider";

/**
 * Results side by side: those of several tasks, or the pictures of one. All pictures show the same
 * part in the same size; two can lie under a slider.
 */
export function Compare(props: {
  readonly tasks: readonly TaskItem[];
  readonly onClose: () => void;
}) {
  const { tasks, onClose } = props;
  const { project } = useScene();
  const [zoom, setZoom] = useState<Zoom>(FIT);
  const [way, setWay] = useState<Way>("beside");
  const answers = useQueries({
    queries: tasks.map(({ task_id }) => taskQuery(project.id, task_id)),
  });
  const [only] = answers;
  const pieces =
    answers.length === 1 && only?.data !== undefined ? shownPictures(only.data).length : 1;
  const count = Math.min(PANES_MAX, Math.max(pieces, tasks.length));
  // One task fills all panes, several have one each.
  const panes = Array.from({ length: count }, (_, index) =>
    tasks.length === 1 ? { answer: 0, first: index } : { answer: index, first: 0 },
  );
  const pair = pairOf(
    answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
    count,
  );
  const laid = way === "slider" && pair !== null;
  useViewerKeys({ zoom: laid ? null : zoom, onZoom: setZoom });
  return (
    <Modal className="lightbox" label={gallery.compare.title} onClose={onClose}>
      <div className="lightbox-frame">
        <div className="lightbox-head">
          <h2 className="lightbox-name">{gallery.compare.title}</h2>
          <span className="lightbox-tools">
            {pair !== null && (
              <Segmented
                label={gallery.compare.title}
                value={way}
                onChange={setWay}
                choices={[
                  { value: "beside", label: gallery.compare.beside },
                  { value: "slider", label: gallery.compare.slider },
                ]}
              />
            )}
            {!laid && <ZoomButtons zoom={zoom} onZoom={setZoom} />}
            <IconButton icon="close" label={gallery.close} onClick={onClose} />
          </span>
        </div>
        {laid ? (
          <Laid pair={pair} />
        ) : (
          <>
            <div className="compare" data-count={count}>
              {panes.map(({ answer, first }) => (
                <section
                  key={`${answer} ${first}`}
                  className="compare-pane"
                  aria-label={gallery.piece(Math.max(answer, first) + 1)}
                >
                  <Awaited answer={answers[answer]}>
                    {(task) => <Pane {...{ task, first, zoom }} onZoom={setZoom} />}
                  </Awaited>
                </section>
              ))}
            </div>
            <p className="lightbox-hint meta">{gallery.compare.keys}</p>
          </>
        )}
      </div>
    </Modal>
  );
}

/** Two pictures that can lie under a slider, or `null`. */
function pairOf(tasks: readonly TaskDetail[], count: number): readonly [string, string] | null {
  const [first, second] = tasks;
  if (count !== 2 || first === undefined) return null;
  const pictures = shownPictures(first);
  const left = pictures[0]?.file_url;
  const right = second === undefined ? pictures[1]?.file_url : shownPictures(second)[0]?.file_url;
  return typeof left === "string" && typeof right === "string" ? [left, right] : null;
}

/** One picture over the other, as far as the slider stands. */
function Laid({ pair: [left, right] }: { readonly pair: readonly [string, string] }) {
  const [percent, setPercent] = useState(50);
  return (
    <div className="compare-laid">
      <div className="compare-stack">
        <img src={nearUrl(left)} alt={gallery.compare.left} />
        <img
          src={nearUrl(right)}
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

function Awaited(props: {
  readonly answer: { readonly data: TaskDetail | undefined; readonly error: unknown } | undefined;
  readonly children: (task: TaskDetail) => ReactNode;
}) {
  const { answer } = props;
  if (answer?.data !== undefined) return props.children(answer.data);
  const failed = answer !== undefined && answer.error !== null;
  return failed ? <LoadError error={answer.error} /> : <Skeleton height={240} />;
}

function Pane(props: {
  readonly task: TaskDetail;
  /** The picture that it begins with. */
  readonly first: number;
  readonly zoom: Zoom;
  readonly onZoom: (change: (zoom: Zoom) => Zoom) => void;
}) {
  const { task, zoom, onZoom } = props;
  const [at, setAt] = useState(props.first);
  const pictures = shownPictures(task);
  const picture = pictures[at];
  const name = task.prompt || task.model;
  return (
    <>
      {picture === undefined ? (
        <div className="lightbox-media">
          <TaskResult task={task} />
        </div>
      ) : (
        <ZoomStage
          url={picture.file_url ?? ""}
          alt={name.slice(0, 150)}
          zoom={zoom}
          onZoom={onZoom}
        />
      )}
      <div className="compare-foot">
        <span className="grow truncate" title={name}>
          <Untrusted text={name} />
        </span>
        <span className="meta truncate">{task.model}</span>
        {pictures.length > 1 && (
          <span className="row nowrap">
            <IconButton
              small
              icon="left"
              label={gallery.previous}
              off={at === 0}
              onClick={() => setAt(at - 1)}
            />
            <span className="meta">{gallery.place(at + 1, pictures.length)}</span>
            <IconButton
              small
              icon="right"
              label={gallery.next}
              off={at === pictures.length - 1}
              onClick={() => setAt(at + 1)}
            />
          </span>
        )}
      </div>
    </>
  );
}
