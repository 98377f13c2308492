import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Modal } from "../../components/dialog.tsx";
import { Segmented } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { type Media, type ModelItem, modelsQuery } from "../../lib/models.ts";
import { rank } from "../../shell/rank.ts";
import { playground } from "../../strings/en/playground.ts";

/** The model that is in use, and a dialog to choose another. */
export function ModelPicker(props: {
  readonly model: string;
  readonly onChoose: (model: string) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="model-picker"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        aria-label={`${playground.chooseModel}: ${props.model}`}
      >
        <span className="truncate">{props.model}</span>
        <Icon name="down" size={14} />
      </button>
      {open && (
        <ModelDialog
          model={props.model}
          onClose={() => setOpen(false)}
          onChoose={(model) => {
            setOpen(false);
            props.onChoose(model);
          }}
        />
      )}
    </>
  );
}

type Kind = Media | "all";

function ModelDialog(props: {
  readonly model: string;
  readonly onClose: () => void;
  readonly onChoose: (model: string) => void;
}) {
  const { data = [] } = useQuery(modelsQuery());
  const [kind, setKind] = useState<Kind>("all");
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const ofKind = data.filter(({ media }) => kind === "all" || media === kind);
  const shown = rank(ofKind, text, ({ id: name, summary }) => `${name} ${summary}`);
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const chosen = shown[at];
    if (event.key === "Enter" && chosen !== undefined) props.onChoose(chosen.id);
    else if (step !== 0 && shown.length > 0) setAt((at + step + shown.length) % shown.length);
    else return;
    event.preventDefault();
  };
  const kinds = ["all", "image", "video", "music"] as const;
  return (
    <Modal className="dialog palette" label={playground.chooseModel} onClose={props.onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-label={playground.modelSearch}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        placeholder={playground.modelSearch}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="model-kinds">
        <Segmented
          label={playground.chooseModel}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setAt(0);
          }}
          choices={kinds.map((value) => ({
            value,
            label: value === "all" ? playground.mediaAll : playground.media[value],
          }))}
        />
      </div>
      <ModelList id={id} shown={shown} at={at} model={props.model} onChoose={props.onChoose} />
    </Modal>
  );
}

function ModelList(props: {
  readonly id: string;
  readonly shown: readonly ModelItem[];
  readonly at: number;
  readonly model: string;
  readonly onChoose: (model: string) => void;
}) {
  if (props.shown.length === 0) {
    return (
      <div id={props.id} className="empty" role="status">
        {playground.noModel}
      </div>
    );
  }
  return (
    <div id={props.id} className="palette-list" role="listbox" aria-label={playground.chooseModel}>
      {props.shown.map((model, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
        <div
          key={model.id}
          id={`${props.id}-${index}`}
          role="option"
          tabIndex={-1}
          className="palette-item model-item"
          aria-selected={index === props.at}
          ref={index === props.at ? (item) => item?.scrollIntoView({ block: "nearest" }) : null}
          onClick={() => props.onChoose(model.id)}
        >
          <Icon name={model.media} />
          <span className="model-words grow">
            <span className="row">
              <strong className="truncate">{model.id}</strong>
              {model.deprecation !== null && <Badge tone="amber">{playground.deprecated}</Badge>}
              {model.id === props.model && <Icon name="check" size={14} />}
            </span>
            <span className="meta truncate">{model.summary}</span>
          </span>
          <span className="meta model-price" title={model.price ?? undefined}>
            {model.price ?? "–"}
          </span>
        </div>
      ))}
    </div>
  );
}
