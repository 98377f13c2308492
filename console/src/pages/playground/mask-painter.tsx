import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { Button, IconButton } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { messageOf, Notice } from "../../components/feedback.tsx";
import { Field, Input, Segmented } from "../../components/field.tsx";
import { playground } from "../../strings/en/playground.ts";
import { common } from "../../strings/en/shell.ts";
import { MaskCanvas, type Tool } from "./mask-canvas.tsx";
import { loadPicture, uploadMask } from "./mask-picture.ts";
import type { Stroke } from "./mask-strokes.ts";

const SIZES = [8, 16, 24, 40, 64, 96, 140, 200] as const;
const ZOOMS = [1, 1.5, 2, 3, 4] as const;

interface MaskState {
  readonly tool: Tool;
  /** A place in SIZES. */
  readonly size: number;
  /** A place in ZOOMS. */
  readonly zoom: number;
  readonly strokes: readonly Stroke[];
}

const BLANK: MaskState = { tool: "brush", size: 3, zoom: 0, strokes: [] };

/** Paints what should change over a picture, and gives the address of the mask. */
export function MaskPainter(props: {
  readonly image: string;
  readonly onDone: (url: string) => void;
  readonly onClose: () => void;
}) {
  const [state, setState] = useState(BLANK);
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const picture = useQuery({
    queryKey: ["picture", props.image],
    queryFn: () => loadPicture(props.image),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const words = playground.mask;
  const change = (next: Partial<MaskState>): void => setState({ ...state, ...next });
  const add = (stroke: Stroke): void => change({ strokes: [...state.strokes, stroke] });
  const save = async (): Promise<void> => {
    if (picture.data === undefined) return;
    if (state.strokes.length === 0) return setFault(words.empty);
    setSaving(true);
    try {
      props.onDone(await uploadMask(picture.data, state.strokes));
    } catch (thrown) {
      setFault(messageOf(thrown));
      setSaving(false);
    }
  };
  const told = fault ?? (picture.error === null ? null : words.notLoaded);
  return (
    <Dialog
      size="full"
      title={words.title}
      onClose={props.onClose}
      foot={
        <>
          <Button kind="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button kind="primary" busy={saving} onClick={() => void save()}>
            {saving ? words.saving : words.save}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tools have buttons too. */}
      <div className="mask" onKeyDown={(event) => press(event, state, change)}>
        {told !== null && (
          <Notice tone="red" urgent>
            {told}
          </Notice>
        )}
        <MaskTools state={state} onChange={change} onAdd={add} />
        {picture.data === undefined ? (
          <p className="muted">{picture.error === null ? words.loading : ""}</p>
        ) : (
          <MaskCanvas
            picture={picture.data}
            strokes={state.strokes}
            tool={state.tool}
            size={SIZES[state.size] ?? SIZES[0]}
            zoom={ZOOMS[state.zoom] ?? 1}
            onStroke={add}
          />
        )}
        <RectangleFields onAdd={add} />
      </div>
    </Dialog>
  );
}

type Change = (next: Partial<MaskState>) => void;

function press(event: KeyboardEvent, state: MaskState, change: Change): void {
  if (event.target instanceof HTMLInputElement && event.target.type !== "radio") return;
  const mod = event.metaKey || event.ctrlKey;
  if (event.key === "[") change({ size: stepped(SIZES, state.size, -1) });
  else if (event.key === "]") change({ size: stepped(SIZES, state.size, 1) });
  else if (event.key === "x") change({ tool: state.tool === "brush" ? "eraser" : "brush" });
  else if (event.key === "z" && mod) change({ strokes: state.strokes.slice(0, -1) });
  else return;
  event.preventDefault();
}

function stepped(list: readonly unknown[], at: number, by: number): number {
  return Math.max(0, Math.min(list.length - 1, at + by));
}

function MaskTools(props: {
  readonly state: MaskState;
  readonly onChange: Change;
  readonly onAdd: (stroke: Stroke) => void;
}) {
  const { state, onChange, onAdd } = props;
  const words = playground.mask;
  const zoom = (by: number): void => onChange({ zoom: stepped(ZOOMS, state.zoom, by) });
  const undo = (): void => onChange({ strokes: state.strokes.slice(0, -1) });
  return (
    <div className="row-wrap">
      <Segmented
        label={words.title}
        value={state.tool}
        onChange={(tool) => onChange({ tool })}
        choices={[
          { value: "brush", label: words.brush },
          { value: "eraser", label: words.eraser },
          { value: "rectangle", label: words.rectangle },
        ]}
      />
      <label className="mask-size">
        <span className="meta">{words.size}</span>
        <input
          type="range"
          className="range"
          min={0}
          max={SIZES.length - 1}
          value={state.size}
          onChange={({ target }) => onChange({ size: Number(target.value) })}
        />
      </label>
      <Button small icon="fill" onClick={() => onAdd({ kind: "fill" })}>
        {words.fill}
      </Button>
      <Button small icon="swap" onClick={() => onAdd({ kind: "invert" })}>
        {words.invert}
      </Button>
      <Button small icon="undo" off={state.strokes.length === 0} onClick={undo}>
        {words.undo}
      </Button>
      <Button small kind="quiet" onClick={() => onChange({ strokes: [] })}>
        {words.clear}
      </Button>
      <span className="grow" />
      <IconButton small icon="minus" label={words.zoomOut} onClick={() => zoom(-1)} />
      <IconButton small icon="plus" label={words.zoomIn} onClick={() => zoom(1)} />
    </div>
  );
}

/** A rectangle for those who cannot drag. */
function RectangleFields({ onAdd }: { readonly onAdd: (stroke: Stroke) => void }) {
  const [area, setArea] = useState({ left: "0", top: "0", width: "256", height: "256" });
  const words = playground.mask;
  const add = (): void => {
    const [left = 0, top = 0, width = 0, height = 0] = [
      area.left,
      area.top,
      area.width,
      area.height,
    ].map((text) => Math.max(0, Math.round(Number(text) || 0)));
    onAdd({ kind: "rectangle", area: { left, top, width, height } });
  };
  return (
    <details>
      <summary>{words.numbers}</summary>
      <div className="mask-numbers">
        {(["left", "top", "width", "height"] as const).map((name) => (
          <Field key={name} label={words[name]}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={area[name]}
                onChange={({ target }) => setArea({ ...area, [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Button onClick={add}>{words.add}</Button>
      </div>
    </details>
  );
}
