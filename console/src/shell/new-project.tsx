import { useState } from "react";
import { Field, Input } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { api } from "../lib/api.ts";
import { navigate } from "../lib/router.tsx";
import { type Session, useScene, useTakeSession } from "../lib/session.tsx";
import { useSubmission } from "../lib/submission.ts";
import { common, shell } from "../strings/en/shell.ts";

/** Makes a further project of one's own and goes there. */
export function NewProject({ onClose }: { readonly onClose: () => void }) {
  const { session } = useScene();
  const take = useTakeSession();
  const [name, setName] = useState("");
  const { busy, send, faultOf } = useSubmission(["name"]);
  const make = async (): Promise<void> => {
    const known = new Set(session.projects.map(({ id }) => id));
    const body = { name: name.trim() };
    const next = await api<Session>("/api/session/projects", { body });
    const made = next.projects.find(({ id }) => !known.has(id));
    onClose();
    take(next);
    if (made !== undefined) navigate(`/p/${made.id}/`);
  };
  return (
    <FormDialog
      title={shell.newProject.title}
      onClose={onClose}
      onSubmit={() => void send(make)}
      submit={common.makeProject}
      busy={busy}
      error={faultOf(null)}
    >
      <p className="muted">{shell.newProject.text}</p>
      <Field label={common.projectName} error={faultOf("name")}>
        {(control) => (
          <Input
            {...control}
            value={name}
            autoComplete="off"
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
