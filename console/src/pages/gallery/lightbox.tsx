import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { IconButton, LinkButton } from "../../components/button.tsx";
import { Modal } from "../../components/dialog.tsx";
import { LoadError, Skeleton } from "../../components/feedback.tsx";
import { Untrusted } from "../../components/values.tsx";
import { visibleText } from "../../lib/format.ts";
import { ownPath } from "../../lib/own-path.ts";
import { remembered } from "../../lib/preferences.ts";
import { navigate } from "../../lib/router.tsx";
import { useMay, useScene, useTo } from "../../lib/session.tsx";
import { type TaskDetail, type TaskFile, taskQuery } from "../../lib/tasks.ts";
import { useKeys } from "../../lib/use-keys.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { TaskFacts } from "../task/task-facts.tsx";
import { TaskResult } from "../task/task-result.tsx";
import { shownPictures } from "./pictures.ts";
import { useDownload } from "./use-download.ts";
import { FIT, type Zoom, zoomByKey } from "./zoom.ts";
import { ZoomButtons, ZoomStage } from "./zoom-stage.tsx";

interface LightboxProps {
  readonly taskId: string;
  /** `null`: not known, as the list does not have it. */
  readonly starred: boolean | null;
  readonly onStar: (starred: boolean) => void;
  /** `null`: it is the first. */
  readonly onBefore: (() => void) | null;
  /** `null`: it is the last. */
  readonly onAfter: (() => void) | null;
  readonly onClose: () => void;
}

/** One result over everything; the arrows go through all that the filter shows. */
export function Lightbox(props: LightboxProps) {
  const { taskId, starred, onStar, onBefore, onAfter, onClose } = props;
  const { project } = useScene();
  const to = useTo();
  const [facts, setFacts] = useState(false);
  const { data, error, refetch } = useQuery(taskQuery(project.id, taskId));
  const { busy, download } = useDownload();
  const save = (): void => void download([taskId]);
  const pictures = data === undefined ? [] : shownPictures(data);
  const { at, zoom, setZoom, show } = useShown(taskId, pictures.length);
  const step = (by: 1 | -1): void => {
    if (pictures[at + by] !== undefined) show(at + by);
    else (by === 1 ? onAfter : onBefore)?.();
  };
  useViewerKeys({
    zoom: pictures.length > 0 ? zoom : null,
    onZoom: setZoom,
    onStep: step,
    letters: {
      i: () => setFacts(!facts),
      s: () => onStar(starred !== true),
      d: save,
      r: () => navigate(to(`playground?from=${taskId}`)),
    },
  });
  const name = data === undefined ? gallery.viewer : data.prompt || data.model;
  return (
    <Modal className="lightbox" label={visibleText(name).slice(0, 150)} onClose={onClose}>
      <div className="lightbox-frame">
        <Head name={name} onClose={onClose}>
          <IconButton
            icon="left"
            label={gallery.previous}
            off={onBefore === null && at === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            icon="right"
            label={gallery.next}
            off={onAfter === null && at >= pictures.length - 1}
            onClick={() => step(1)}
          />
          {pictures.length > 0 && <ZoomButtons zoom={zoom} onZoom={setZoom} />}
          <Tools {...{ taskId, starred, onStar, busy, save }} data={data} />
          <IconButton
            icon="info"
            label={gallery.settings}
            aria-pressed={facts}
            onClick={() => setFacts(!facts)}
          />
        </Head>
        <div className="lightbox-body" data-open={facts || undefined}>
          <Stage
            {...{ data, pictures, at, zoom }}
            onZoom={setZoom}
            onShow={show}
            error={error}
            onRetry={() => void refetch()}
          />
          {facts && data !== undefined && (
            <aside className="lightbox-facts">
              <TaskFacts task={data} />
            </aside>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** Which picture of the task is shown, and how large; a task begins with its first, whole. */
function useShown(taskId: string, count: number) {
  const [place, setPlace] = useState({ taskId, at: 0, zoom: FIT });
  const now = place.taskId === taskId ? place : { taskId, at: 0, zoom: FIT };
  const setZoom = (change: Zoom | ((zoom: Zoom) => Zoom)): void =>
    setPlace((before) => {
      const old = before.taskId === taskId ? before : { taskId, at: 0, zoom: FIT };
      return { ...old, zoom: typeof change === "function" ? change(old.zoom) : change };
    });
  const show = (at: number): void => setPlace({ taskId, at, zoom: FIT });
  return { at: Math.min(now.at, Math.max(0, count - 1)), zoom: now.zoom, setZoom, show };
}

function Head(props: {
  readonly name: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="lightbox-head">
      <span className="lightbox-name truncate">
        <Untrusted text={props.name} />
      </span>
      <span className="lightbox-tools">
        {props.children}
        <IconButton icon="close" label={gallery.close} onClick={props.onClose} />
      </span>
    </div>
  );
}

/** The keys of what fills the window; a player and a wave have theirs for themselves. */
export function useViewerKeys(props: {
  /** `null`: nothing can be zoomed. */
  readonly zoom: Zoom | null;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onStep?: (by: 1 | -1) => void;
  readonly letters?: Readonly<Record<string, () => void>>;
}): void {
  useKeys((event) => {
    const { key, target } = event;
    const own = target instanceof Element && target.closest("video, audio, [role=slider]") !== null;
    if (own || event.metaKey || event.ctrlKey || event.altKey) return;
    const zoomed = props.zoom === null ? null : zoomByKey(props.zoom, key);
    if (zoomed !== null) {
      event.preventDefault();
      return props.onZoom(zoomed);
    }
    if (key === "ArrowRight") props.onStep?.(1);
    if (key === "ArrowLeft") props.onStep?.(-1);
    if (remembered("shortcuts") !== "off") props.letters?.[key]?.();
  });
}

function Stage(props: {
  readonly data: TaskDetail | undefined;
  readonly pictures: readonly TaskFile[];
  readonly at: number;
  readonly zoom: Zoom;
  readonly onZoom: (change: (zoom: Zoom) => Zoom) => void;
  readonly onShow: (at: number) => void;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const { data, pictures, at } = props;
  const picture = pictures[at];
  if (data === undefined || picture === undefined) {
    return (
      <div className="lightbox-media">
        {data !== undefined && <TaskResult task={data} />}
        {data === undefined && props.error === null && <Skeleton height={360} width="60vw" />}
        {data === undefined && props.error !== null && (
          <LoadError error={props.error} onRetry={props.onRetry} />
        )}
      </div>
    );
  }
  return (
    <div className="lightbox-stage">
      <ZoomStage
        key={picture.file_id}
        url={picture.file_url ?? ""}
        alt={(data.prompt || data.model).slice(0, 150)}
        zoom={props.zoom}
        onZoom={props.onZoom}
      />
      {pictures.length > 1 && (
        <div className="lightbox-strip">
          {pictures.map((each, index) => (
            <button
              key={each.file_id}
              type="button"
              aria-label={gallery.piece(index + 1)}
              aria-current={index === at}
              onClick={() => props.onShow(index)}
            >
              <img src={ownPath(each.thumb_url) ?? undefined} alt="" />
            </button>
          ))}
          <span className="meta">{gallery.place(at + 1, pictures.length)}</span>
        </div>
      )}
      <p className="lightbox-hint meta">{gallery.viewKeys}</p>
    </div>
  );
}

function Tools(props: {
  readonly taskId: string;
  readonly data: TaskDetail | undefined;
  readonly starred: boolean | null;
  readonly onStar: (starred: boolean) => void;
  readonly busy: boolean;
  readonly save: () => void;
}) {
  const { data, starred } = props;
  const to = useTo();
  const may = useMay("files");
  if (data === undefined) return null;
  return (
    <>
      {may && starred !== null && (
        <IconButton
          icon="star"
          className="button star-button"
          label={gallery.star}
          aria-pressed={starred}
          onClick={() => props.onStar(!starred)}
        />
      )}
      {data.files.some(({ gone }) => !gone) && (
        <IconButton
          icon="download"
          label={gallery.download}
          busy={props.busy}
          onClick={props.save}
        />
      )}
      <LinkButton small to={to(`playground?from=${props.taskId}`)} icon="swap">
        {gallery.remix}
      </LinkButton>
      <LinkButton small to={to(`tasks/${props.taskId}`)}>
        {gallery.open}
      </LinkButton>
    </>
  );
}
