import { useEffect, useRef, useState } from "react";
import { type Fault, faultOf as faultOfError } from "./fault-at.ts";

/** A form on its way to the gateway. */
export interface Submission<Name extends string> {
  readonly busy: boolean;
  /** What is wrong at a field, or with `null` at no field of the form; empty when nothing is. */
  readonly faultOf: (name: Name | null) => string;
  /** Does the work, which ends the form when it goes well; gives whether it did. */
  readonly send: (work: () => Promise<unknown>) => Promise<boolean>;
}

/**
 * Sends what a form holds and says what is wrong at the field that the gateway named, which then
 * has the focus.
 * @param names The members of the body that have a field.
 */
export function useSubmission<Name extends string>(names: readonly Name[]): Submission<Name> {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault<Name> | null>(null);
  const form = useRef<HTMLFormElement | null>(null);
  useEffect(() => {
    if (fault === null) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [fault]);
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    form.current = focusedForm();
    setBusy(true);
    setFault(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFault(faultOfError(error, names));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, send, faultOf: (name) => (fault?.at === name ? fault.text : "") };
}

/** The form that was just sent: of the button that was pressed, or the field that had Enter. */
function focusedForm(): HTMLFormElement | null {
  const { activeElement } = document;
  const control = activeElement instanceof HTMLButtonElement ? activeElement : null;
  return control?.form ?? activeElement?.closest("form") ?? null;
}
