import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { common } from "../strings/en/shell.ts";
import { IconButton } from "./button.tsx";
import { Untrusted } from "./values.tsx";

interface DialogProps {
  readonly title: string;
  /** Asked to close: Escape, the cross, a press beside it. Absent: it cannot be closed so. */
  readonly onClose?: (() => void) | undefined;
  readonly size?: "wide" | "full";
  readonly children: ReactNode;
  /** The buttons at the bottom. */
  readonly foot?: ReactNode;
}

/**
 * A dialog in front of the page. It is the browser's own: focus stays inside and comes back to
 * where it was, and what lies behind cannot be reached.
 */
export function Dialog({ title, onClose, size, children, foot }: DialogProps) {
  const id = useId();
  return (
    <Modal className="dialog" labelId={id} onClose={onClose} size={size}>
      <DialogHead id={id} title={title} onClose={onClose} />
      <div className="dialog-body">{children}</div>
      {foot !== undefined && <div className="dialog-foot">{foot}</div>}
    </Modal>
  );
}

/** A panel at the side of the page: a look at one row without leaving the list. */
export function Peek({ title, onClose, children, foot }: Omit<DialogProps, "size">) {
  const id = useId();
  return (
    <Modal className="peek" labelId={id} onClose={onClose}>
      <DialogHead id={id} title={title} onClose={onClose} />
      <div className="dialog-body grow">{children}</div>
      {foot !== undefined && <div className="dialog-foot">{foot}</div>}
    </Modal>
  );
}

function DialogHead(props: {
  readonly id: string;
  readonly title: string;
  readonly onClose: (() => void) | undefined;
}) {
  return (
    <div className="dialog-head">
      <h2 id={props.id}>
        <Untrusted text={props.title} />
      </h2>
      {props.onClose !== undefined && (
        <IconButton icon="close" label={common.close} onClick={props.onClose} />
      )}
    </div>
  );
}

const FIRST_FIELD = `.dialog:not([data-size]) > .dialog-body :is(
  input:not([type=hidden], [type=checkbox], [type=radio], [readonly]), textarea, select)`;

/** The bare element, for what is neither dialog nor panel: the palette, the viewer. */
export function Modal(props: {
  readonly className: string;
  readonly labelId?: string;
  readonly label?: string;
  readonly size?: "wide" | "full" | undefined;
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  // Before it leaves the document: only then does closing it give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // A form begins at its first field, not at the cross; a touch would bring up the keyboard.
    if (matchMedia("(pointer: fine)").matches) {
      dialog?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press beside it does.
    <dialog
      ref={element}
      className={props.className}
      data-size={props.size}
      aria-labelledby={props.labelId}
      aria-label={props.label}
      onCancel={(event) => {
        if (event.target !== element.current) return;
        event.preventDefault();
        props.onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current) props.onClose?.();
      }}
    >
      {props.children}
    </dialog>
  );
}
