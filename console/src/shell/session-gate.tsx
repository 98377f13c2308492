import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { messageOf, Notice } from "../components/feedback.tsx";
import { Field, Input } from "../components/field.tsx";
import { ApiError, api, type Obstacle, setOvercome } from "../lib/api.ts";
import { type Session, useScene, useTakeSession } from "../lib/session.tsx";
import { door } from "../strings/en/door.ts";
import { common } from "../strings/en/shell.ts";

interface Asked {
  readonly obstacle: Obstacle;
  readonly answer: (repeat: boolean) => void;
}

/**
 * Asks for the password in place when a call needs it, then lets the call go on: neither a form nor
 * a draft is lost to an ended session.
 */
export function SessionGate() {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    let open: Promise<boolean> | null = null;
    setOvercome((obstacle) => {
      // Several calls may fail at once: one question answers them all.
      open ??= new Promise<boolean>((answer) => setAsked({ obstacle, answer })).finally(() => {
        open = null;
        setAsked(null);
      });
      return open;
    });
    return () => setOvercome(async () => false);
  }, []);
  return asked === null ? null : <PasswordDialog {...asked} />;
}

function PasswordDialog({ obstacle, answer }: Asked) {
  const { session } = useScene();
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const take = useTakeSession();
  const client = useQueryClient();
  const confirming = obstacle === "confirm";
  const words = confirming ? door.confirm : { ...door.again, action: door.signIn.action };
  const email = session.person?.email ?? "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const path = `/api/session/${confirming ? "confirm" : "sign-in"}`;
      take(await api<Session>(path, { body: confirming ? { password } : { email, password } }));
      answer(true);
      if (!confirming) void client.invalidateQueries();
    } catch (thrown) {
      setFault(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog title={words.title} onClose={() => answer(false)}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="muted">{words.lead}</p>
        {fault !== null && (
          <Notice tone="red" urgent>
            {fault instanceof ApiError && fault.status === 401
              ? door.faults.passwordWrong
              : messageOf(fault)}
          </Notice>
        )}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field label={door.fields.password} aside={email}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <div className="row">
          <Button kind="primary" type="submit" busy={busy}>
            {words.action}
          </Button>
          <Button kind="quiet" onClick={() => answer(false)}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
