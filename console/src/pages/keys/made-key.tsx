import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Snippets } from "../../components/code.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Notice } from "../../components/feedback.tsx";
import { Checkbox } from "../../components/field.tsx";
import { copyText } from "../../components/values.tsx";
import { requestSnippets } from "../../lib/snippets.ts";
import { keys } from "../../strings/en/keys.ts";
import { common } from "../../strings/en/shell.ts";
import type { FreshKey } from "./api-key.ts";

/** Shows a new key, once. It does not close before the key was copied or waived. */
export function MadeKey({
  made,
  onClose,
}: {
  readonly made: FreshKey;
  readonly onClose: () => void;
}) {
  const [copied, setCopied] = useState(false);
  const [stored, setStored] = useState(false);
  const [asked, setAsked] = useState(false);
  const safe = copied || stored;
  const close = (): void => {
    if (safe) onClose();
    else setAsked(true);
  };
  const copy = async (): Promise<void> => {
    if (await copyText(made.key)) setCopied(true);
  };
  const words = keys.made;
  const snippets = requestSnippets({
    origin: location.origin,
    body: { model: "gpt-4o-image", input: { prompt: "A red fox in the snow", size: "1:1" } },
    key: made.key,
  });
  return (
    <Dialog
      size="wide"
      title={words.title(made.name)}
      onClose={close}
      foot={
        <>
          <div className="grow">
            <Checkbox label={words.stored} checked={stored} onChange={setStored} />
          </div>
          <Button kind="primary" off={!safe} title={safe ? undefined : words.wait} onClick={close}>
            {common.done}
          </Button>
        </>
      }
    >
      <Notice tone="amber">{words.once}</Notice>
      <div className="copy-line">
        <code data-secret>{made.key}</code>
        <Button icon={copied ? "check" : "copy"} onClick={() => void copy()}>
          {copied ? common.copied : words.copy}
        </Button>
      </div>
      {asked && !safe && (
        <Notice tone="red" urgent>
          {words.wait}
        </Notice>
      )}
      <h3>{words.try}</h3>
      <Snippets label={words.try} snippets={snippets} />
    </Dialog>
  );
}
