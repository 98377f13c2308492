import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { visibleText } from "../lib/format.ts";
import { common } from "../strings/en/shell.ts";
import type { Tone } from "./badge.tsx";
import { Button, IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

/** A word at the edge of the page; never the only place of an error. */
export interface Toast {
  readonly tone: Tone;
  readonly text: string;
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

const STAYS_MS = 8_000;
const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says something at the edge of the page. */
export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}

/** Holds what is said at the edge of the page; a pointer over it makes it stay. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly (Toast & { readonly id: number })[]>([]);
  const drop = useCallback((id: number) => {
    setShown((before) => before.filter((each) => each.id !== id));
  }, []);
  const say = useMemo(() => {
    let count = 0;
    return (toast: Toast): void => {
      count += 1;
      const id = count;
      setShown((before) => [...before.slice(-2), { ...toast, id }]);
      const end = (): void => {
        if (document.querySelector(".toasts:hover, .toasts:focus-within") === null) drop(id);
        else setTimeout(end, 1_000);
      };
      setTimeout(end, STAYS_MS);
    };
  }, [drop]);
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown.map(({ id, tone, text, action }) => (
          <div key={id} className="toast" data-tone={tone}>
            <Icon name={tone === "green" ? "check" : tone === "red" ? "warning" : "info"} />
            <bdi className="grow">{visibleText(text)}</bdi>
            {action !== undefined && (
              <Button
                small
                onClick={() => {
                  drop(id);
                  action.onSelect();
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton small icon="close" label={common.close} onClick={() => drop(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
