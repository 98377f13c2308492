import { type PointerEvent, useEffect, useRef, useState } from "react";
import { playground } from "../../strings/en/playground.ts";
import { areaBetween, paintMask, type Stroke } from "./mask-strokes.ts";

/** What the pointer does. */
export type Tool = "brush" | "eraser" | "rectangle";

interface MaskCanvasProps {
  readonly picture: ImageBitmap;
  readonly strokes: readonly Stroke[];
  readonly tool: Tool;
  /** Diameter of the brush on the screen, pixels. */
  readonly size: number;
  /** 1 fits the picture into its place. */
  readonly zoom: number;
  readonly onStroke: (stroke: Stroke) => void;
}

/** The picture with the mask over it; the pointer adds strokes. */
export function MaskCanvas({ picture, strokes, tool, size, zoom, onStroke }: MaskCanvasProps) {
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const [open, setOpen] = useState<Stroke | null>(null);
  const start = useRef<readonly [number, number]>([0, 0]);
  const { width, height } = picture;
  useEffect(() => {
    below.current?.getContext("2d")?.drawImage(picture, 0, 0);
  }, [picture]);
  useEffect(() => {
    const context = above.current?.getContext("2d");
    if (context == null || above.current === null) return;
    const all = open === null ? strokes : [...strokes, open];
    paintMask(context, all, getComputedStyle(above.current).color);
  }, [strokes, open]);
  const placeOf = (event: PointerEvent<HTMLCanvasElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ];
  };
  const down = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    start.current = place;
    const scale = width / event.currentTarget.getBoundingClientRect().width;
    if (tool === "rectangle") {
      setOpen({ kind: "rectangle", area: areaBetween(place, place, picture) });
    } else setOpen({ kind: tool, size: size * scale, points: place });
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (open === null) return;
    const place = placeOf(event);
    if ("points" in open) setOpen({ ...open, points: [...open.points, ...place] });
    else setOpen({ kind: "rectangle", area: areaBetween(start.current, place, picture) });
  };
  const up = (): void => {
    if (open !== null) onStroke(open);
    setOpen(null);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <div className="mask-frame" tabIndex={0}>
      <div
        className="mask-stack"
        style={{ aspectRatio: width / height, width: fittingWidth(width / height, zoom) }}
      >
        <canvas ref={below} width={width} height={height} />
        <canvas
          ref={above}
          className="mask-paint"
          role="img"
          aria-label={playground.mask.canvas(width, height)}
          width={width}
          height={height}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
        />
      </div>
    </div>
  );
}

/** At zoom 1 the whole picture is seen, whatever its ratio. */
function fittingWidth(ratio: number, zoom: number): string {
  return `calc(min(100%, (100dvh - 320px) * ${ratio}) * ${zoom})`;
}
