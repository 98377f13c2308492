import { useEffect, useState } from "react";
import {
  formatCredits,
  formatTime,
  formatTimeLong,
  parseTime,
  shortId,
  visibleText,
} from "../lib/format.ts";
import { common } from "../strings/en/shell.ts";
import { IconButton } from "./button.tsx";
import { useToast } from "./toast.tsx";

/** A time of the API: relative within a day; its tooltip says local, UTC and Unix. */
export function Time({ value }: { readonly value: string | null | undefined }) {
  const now = useNow();
  const date = parseTime(value);
  if (date === null) return <span className="faint">–</span>;
  return (
    <time dateTime={date.toISOString()} title={formatTimeLong(date)} className="nowrap">
      {formatTime(date, now)}
    </time>
  );
}

/** The present, milliseconds; again every half a minute, or as often as asked for. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** An amount of credits, exact, in tabular figures. */
export function Money(props: {
  readonly credits: string | number | null | undefined;
  /** With the word behind it. */
  readonly unit?: boolean;
}) {
  const text = formatCredits(props.credits);
  const unit = text === "1" ? common.credit : common.credits;
  return (
    <span className="nowrap">
      {text}
      {props.unit === true && text !== "–" ? ` ${unit}` : ""}
    </span>
  );
}

/** An id that keeps its tail, with a button to copy it whole. */
export function Id({ value, whole }: { readonly value: string; readonly whole?: boolean }) {
  return (
    <span className="row id">
      <code title={value}>{whole === true ? value : shortId(value)}</code>
      <Copy text={value} label={common.copyId} />
    </span>
  );
}

/** A button that copies a text and says so. */
export function Copy(props: {
  readonly text: string;
  readonly label?: string;
  readonly onCopied?: () => void;
}) {
  const [copied, setCopied] = useState(false);
  const toast = useToast();
  const copy = async (): Promise<void> => {
    if (!(await copyText(props.text))) return toast({ tone: "red", text: common.notCopied });
    setCopied(true);
    setTimeout(() => setCopied(false), 1_600);
    props.onCopied?.();
  };
  const label = props.label ?? common.copy;
  return (
    <>
      <IconButton
        small
        icon={copied ? "check" : "copy"}
        label={label}
        onClick={() => void copy()}
      />
      <span className="hidden-visually" role="status">
        {copied ? common.copied : ""}
      </span>
    </>
  );
}

/** Puts a text on the clipboard; gives whether it is there. Works on plain http too. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden-visually";
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** Text of strangers: only ever text, its direction kept to itself, hidden signs made visible. */
export function Untrusted({ text }: { readonly text: string }) {
  return <bdi>{visibleText(text)}</bdi>;
}
