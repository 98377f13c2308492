import { type ReactNode, useId } from "react";
import { common } from "../strings/en/shell.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FieldError } from "./field.tsx";

/** A dialog with a form to fill in, and the buttons that send it or leave it. */
export function FormDialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: (form: HTMLFormElement) => void;
  /** What the button says that sends it. */
  readonly submit: string;
  readonly busy: boolean;
  /** Whether there is nothing to send. */
  readonly off?: boolean;
  /** The button that leaves it; “Cancel” when absent. */
  readonly leave?: ReactNode;
  /** What is wrong with no field of its own; shown below them unless empty. */
  readonly error?: string;
  readonly children: ReactNode;
}) {
  const { title, onClose, onSubmit, busy, off = false, error = "" } = props;
  const id = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          {props.leave ?? <Button onClick={onClose}>{common.cancel}</Button>}
          <Button kind="primary" type="submit" form={id} busy={busy} off={off}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(event.currentTarget);
        }}
        noValidate
      >
        {props.children}
        {error !== "" && <FieldError text={error} />}
      </form>
    </Dialog>
  );
}
