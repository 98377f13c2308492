import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { FieldError, Input } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { inputs } from "../../strings/en/inputs.ts";
import type { Control } from "./form-fields.ts";
import type { InputProps } from "./input-props.ts";
import { MediaThumb } from "./media-thumb.tsx";
import { type PendingUpload, useUploads } from "./use-uploads.ts";

type MediaControl = Extract<Control, { kind: "media" }>;

const ACCEPT = { image: "image/*", video: "video/*", audio: "audio/*" };

/** Pictures, clips and sounds: dropped, pasted, browsed for, or given by address. */
export function MediaField(props: InputProps & { readonly control: MediaControl }) {
  const { field, value, onValue, control, faults } = props;
  const urls = [value].flat().filter((each) => typeof each === "string");
  const id = useId();
  const set = (next: readonly string[]): void => {
    if (next.length === 0) onValue(undefined);
    else onValue(control.many ? next : next.at(-1));
  };
  // An upload may end after others were added: it is put behind what is there by then.
  const current = useRef(urls);
  current.current = urls;
  const uploads = useUploads(control.media, (fresh) =>
    set([...current.current, ...fresh].slice(0, control.max)),
  );
  const room = control.max - urls.length - uploads.pending.length;
  const error = [...faults].find(
    ([at]) => at === `/${field.name}` || at.startsWith(`/${field.name}/`),
  );
  const limits = control.many ? inputs.media.limits(control.min, control.max) : null;
  return (
    <fieldset className="field" aria-describedby={`${id}-hint`}>
      <legend className="field-label">
        {field.label}
        {limits !== null && <span className="field-aside">{limits}</span>}
      </legend>
      <div className="media-grid">
        {urls.map((url, at) => (
          <MediaItem
            key={url}
            url={url}
            media={control.media}
            name={slotName(props, at)}
            onRemove={() => set(urls.filter((_, other) => other !== at))}
            {...(at > 0 ? { onEarlier: () => set(moved(urls, at, at - 1)) } : {})}
            {...(at < urls.length - 1 ? { onLater: () => set(moved(urls, at, at + 1)) } : {})}
          />
        ))}
        {uploads.pending.map((pending) => (
          <PendingItem
            key={pending.id}
            pending={pending}
            onRetry={uploads.retry}
            onStop={uploads.stop}
          />
        ))}
        {room > 0 && (
          <DropZone
            media={control.media}
            many={control.many}
            small={urls.length > 0}
            onFiles={(files) => uploads.add([...files].slice(0, room))}
            onUrl={(url) => set([...urls, url])}
          />
        )}
      </div>
      {field.hint !== "" && (
        <span className="field-hint" id={`${id}-hint`}>
          {field.hint}
        </span>
      )}
      {error !== undefined && <FieldError text={error[1]} />}
    </fieldset>
  );
}

/** First and last frame have names; the rest are numbered. */
function slotName({ field, control }: InputProps & { control: MediaControl }, at: number): string {
  if (!control.many) return field.label;
  const isFrames = /first/i.test(field.hint) && /last/i.test(field.hint) && control.max === 2;
  const slot = isFrames ? inputs.media.slots[at] : undefined;
  return slot ?? inputs.media.slot(at + 1);
}

function moved(urls: readonly string[], at: number, to: number): readonly string[] {
  const url = urls[at];
  return url === undefined ? urls : urls.toSpliced(at, 1).toSpliced(to, 0, url);
}

function MediaItem(props: {
  readonly url: string;
  readonly media: MediaControl["media"];
  readonly name: string;
  readonly onRemove: () => void;
  readonly onEarlier?: () => void;
  readonly onLater?: () => void;
}) {
  const { media } = inputs;
  return (
    <div className="media-item">
      <MediaThumb url={props.url} media={props.media} />
      <div className="media-name">
        <span className="truncate grow" title={props.url}>
          {props.name}
        </span>
        {props.onEarlier !== undefined && (
          <IconButton small icon="left" label={media.earlier} onClick={props.onEarlier} />
        )}
        {props.onLater !== undefined && (
          <IconButton small icon="right" label={media.later} onClick={props.onLater} />
        )}
        <IconButton small icon="close" label={media.remove} onClick={props.onRemove} />
      </div>
    </div>
  );
}

function PendingItem(props: {
  readonly pending: PendingUpload;
  readonly onRetry: (id: number) => void;
  readonly onStop: (id: number) => void;
}) {
  const { pending, onRetry, onStop } = props;
  const { media } = inputs;
  return (
    <div className="media-item" aria-busy={pending.fault === null}>
      <div className="media-wait">
        {pending.fault === null ? (
          <span role="status">{media.uploading(pending.percent)}</span>
        ) : (
          <FieldError text={pending.fault} />
        )}
      </div>
      <div className="media-name">
        <span className="truncate grow">{pending.file.name}</span>
        {pending.fault !== null && pending.again && (
          <IconButton small icon="retry" label={media.retry} onClick={() => onRetry(pending.id)} />
        )}
        <IconButton small icon="close" label={media.cancel} onClick={() => onStop(pending.id)} />
      </div>
    </div>
  );
}

interface DropZoneProps {
  readonly media: MediaControl["media"];
  readonly many: boolean;
  readonly small: boolean;
  readonly onFiles: (files: Iterable<File>) => void;
  readonly onUrl: (url: string) => void;
}

function DropZone(props: DropZoneProps) {
  const { media, onFiles, onUrl } = props;
  const [over, setOver] = useState(false);
  const id = useId();
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const { files } = event.dataTransfer;
    const text = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text");
    if (files.length > 0) onFiles(files);
    else if (isUrl(text)) onUrl(text.trim());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the controls inside do the same.
    <div
      className="drop"
      data-over={over || undefined}
      data-small={props.small || undefined}
      onPaste={paste}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      <label className="drop-browse" htmlFor={id}>
        <Icon name="upload" />
        <span>{props.small ? inputs.media.add[media] : inputs.media.drop}</span>
      </label>
      <input
        id={id}
        type="file"
        className="hidden-visually"
        accept={ACCEPT[media]}
        multiple={props.many}
        onChange={({ target }) => {
          onFiles(target.files ?? []);
          target.value = "";
        }}
      />
      <UrlInput onUrl={onUrl} />
    </div>
  );
}

function isUrl(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text.trim());
}

/** More signs than this at once were pasted. */
const PASTED = 8;

/** An address: a pasted one is taken at once, a typed one when the field is left. */
function UrlInput({ onUrl }: { readonly onUrl: (url: string) => void }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const take = (address: string): void => {
    setWrong(address.trim() !== "" && !isUrl(address));
    if (!isUrl(address)) return;
    setText("");
    onUrl(address.trim());
  };
  return (
    <>
      <Input
        aria-label={inputs.media.urlLabel}
        aria-invalid={wrong || undefined}
        placeholder={inputs.media.url}
        inputMode="url"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (target.value.length - text.length > PASTED) take(target.value);
        }}
        onBlur={() => take(text)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          take(text);
        }}
      />
      {wrong && <FieldError text={inputs.media.notUrl} />}
    </>
  );
}
