import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from "react";
import { IconButton } from "../../components/button.tsx";
import { formatPercent } from "../../lib/format.ts";
import { nearUrl } from "../../lib/own-path.ts";
import { gallery } from "../../strings/en/gallery.ts";
import { FIT, moveBy, type Point, type Zoom, zoomBy } from "./zoom.ts";

/** What a picture that can be zoomed is told, and what it tells. */
interface ZoomProps {
  readonly zoom: Zoom;
  readonly onZoom: (change: (zoom: Zoom) => Zoom) => void;
}

const DOUBLE = 2.5;
const WHEEL = 0.0015;

/** A picture that the wheel, two fingers and a double press make larger, and dragging moves. */
export function ZoomStage({
  url,
  alt,
  zoom,
  onZoom,
}: ZoomProps & { readonly url: string; readonly alt: string }) {
  const pane = useRef<HTMLDivElement>(null);
  const tell = useRef(onZoom);
  tell.current = onZoom;
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    const turn = (event: WheelEvent): void => {
      // The page behind must not scroll, which only a listener of this kind can say.
      event.preventDefault();
      const at = pointOf(event, element);
      tell.current((before) => zoomBy(before, Math.exp(-event.deltaY * WHEEL), at));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, []);
  const pointers = usePointers(pane, onZoom);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the buttons do the same.
    <div
      ref={pane}
      className="zoom-pane"
      data-large={zoom.scale > 1 || undefined}
      onDoubleClick={(event) => {
        const at = pointOf(event, event.currentTarget);
        onZoom((before) => (before.scale > 1 ? FIT : zoomBy(before, DOUBLE, at)));
      }}
      {...pointers}
    >
      <img
        src={nearUrl(url)}
        alt={alt}
        draggable={false}
        style={{
          transform: `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})`,
        }}
      />
    </div>
  );
}

/** One pointer drags, two pinch. */
function usePointers(
  pane: { readonly current: HTMLDivElement | null },
  onZoom: ZoomProps["onZoom"],
) {
  const down = useRef(new Map<number, Point>());
  const lift = (event: ReactPointerEvent): void => {
    down.current.delete(event.pointerId);
  };
  return {
    onPointerDown(event: ReactPointerEvent): void {
      if (pane.current === null || event.button !== 0) return;
      pane.current.setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, pointOf(event, pane.current));
    },
    onPointerMove(event: ReactPointerEvent): void {
      const before = down.current.get(event.pointerId);
      if (before === undefined || pane.current === null) return;
      const now = pointOf(event, pane.current);
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      down.current.set(event.pointerId, now);
      onZoom((zoom) => {
        if (other === undefined) return moveBy(zoom, { x: now.x - before.x, y: now.y - before.y });
        const factor = distance(now, other) / Math.max(0.01, distance(before, other));
        return zoomBy(zoom, factor, other);
      });
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function pointOf(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  element: Element,
): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width - 0.5, y: (clientY - top) / height - 0.5 };
}

/** Larger, smaller, whole: for those who have neither wheel nor keys. */
export function ZoomButtons({ zoom, onZoom }: ZoomProps) {
  return (
    <span className="row zoom-buttons">
      <IconButton
        icon="minus"
        label={gallery.zoomOut}
        off={zoom.scale === 1}
        onClick={() => onZoom((before) => zoomBy(before, 1 / 1.4))}
      />
      <button
        type="button"
        className="button"
        data-kind="quiet"
        title={gallery.fit}
        onClick={() => onZoom(() => FIT)}
      >
        {zoom.scale === 1 ? gallery.fit : formatPercent(Math.round(zoom.scale * 100) / 100)}
      </button>
      <IconButton
        icon="plus"
        label={gallery.zoomIn}
        onClick={() => onZoom((before) => zoomBy(before, 1.4))}
      />
    </span>
  );
}
