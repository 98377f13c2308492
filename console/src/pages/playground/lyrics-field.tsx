import { useRef } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Menu } from "../../components/menu.tsx";
import { lengthOf } from "../../lib/judge.ts";
import { inputs } from "../../strings/en/inputs.ts";
import { ghostOf, type InputProps } from "./input-props.ts";
import { insertSection, syllablesOf } from "./lyrics.ts";
import { Counter } from "./prompt-field.tsx";

/** Lyrics: lines with their syllables beside them, and sections from a menu. */
export function LyricsField({ field, value, onValue, faults, ghost }: InputProps) {
  const text = typeof value === "string" ? value : "";
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const words = inputs.lyrics;
  const max = field.control.kind === "text" ? field.control.max : null;
  const insert = (section: string): void => {
    const next = insertSection(text, area.current?.selectionStart ?? text.length, section);
    onValue(next.text);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const lines = text.split("\n");
  return (
    <Field
      label={words.label}
      error={faults.get(`/${field.name}`)}
      aside={
        <span className="row">
          <Counter length={lengthOf(text)} max={max} />
          <Menu
            end
            label={words.insert}
            items={words.sections.map((section) => ({
              label: `[${section}]`,
              onSelect: () => insert(section),
            }))}
            trigger={(trigger) => (
              <Button small icon="plus" {...trigger}>
                {words.insert}
              </Button>
            )}
          />
        </span>
      }
    >
      {(control) => (
        <div className="lyrics">
          <div className="lyrics-gutter" ref={gutter} aria-hidden="true">
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
              <div key={at}>{syllablesOf(line) || ""}</div>
            ))}
          </div>
          <textarea
            {...control}
            ref={area}
            className="input"
            rows={10}
            wrap="off"
            value={text}
            placeholder={ghostOf(field, ghost)}
            onChange={({ target }) => onValue(target.value === "" ? undefined : target.value)}
            onScroll={({ currentTarget }) => {
              if (gutter.current !== null) gutter.current.scrollTop = currentTarget.scrollTop;
            }}
          />
        </div>
      )}
    </Field>
  );
}
