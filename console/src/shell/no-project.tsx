import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../components/button.tsx";
import { messageOf, Notice } from "../components/feedback.tsx";
import { Field, Input } from "../components/field.tsx";
import { api } from "../lib/api.ts";
import { type Session, useTakeSession } from "../lib/session.tsx";
import { DoorFrame } from "../pages/door/door-frame.tsx";
import { common, shell } from "../strings/en/shell.ts";

/** Signed in, but in no project: make one, or wait for an invitation. */
export function NoProject({ session }: { readonly session: Session }) {
  const [name, setName] = useState("");
  const take = useTakeSession();
  const make = useMutation({
    mutationFn: () => api<Session>("/api/session/projects", { body: { name: name.trim() } }),
    onSuccess: take,
  });
  const leave = useMutation({
    mutationFn: () => api<Session>("/api/session/sign-out", { body: { everywhere: false } }),
    onSuccess: take,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <DoorFrame title={common.noProject} lead={common.noProjectText}>
      <form onSubmit={submit}>
        {make.error !== null && (
          <Notice tone="red" urgent>
            {messageOf(make.error)}
          </Notice>
        )}
        <Field label={common.projectName} hint={session.person?.email}>
          {(control) => (
            <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Button kind="primary" type="submit" large wide busy={make.isPending}>
          {common.makeProject}
        </Button>
      </form>
      <p className="door-foot">
        <button type="button" className="link-button" onClick={() => leave.mutate()}>
          {shell.signOut}
        </button>
      </p>
    </DoorFrame>
  );
}
