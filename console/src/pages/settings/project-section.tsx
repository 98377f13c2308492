import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/field.tsx";
import { Id, Untrusted } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { useAttempt } from "../../lib/attempt.ts";
import { useScene } from "../../lib/session.tsx";
import { NewProject } from "../../shell/new-project.tsx";
import { settingsWords } from "../../strings/en/settings.ts";
import { shell } from "../../strings/en/shell.ts";
import { Section } from "./section.tsx";

/** The project's name and id. */
export function ProjectSection({ may }: { readonly may: boolean }) {
  const { project } = useScene();
  const client = useQueryClient();
  const [name, setName] = useState(project.name);
  const [making, setMaking] = useState(false);
  const { busy, attempt } = useAttempt();
  const words = settingsWords.project;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await attempt(() => api("/api/project", { body: { name } }), words.saved);
    if (done) await client.invalidateQueries({ queryKey: ["session"] });
  };
  return (
    <Section
      title={words.title}
      action={
        <Button small icon="plus" onClick={() => setMaking(true)}>
          {shell.newProject.title}
        </Button>
      }
    >
      <Id value={project.id} whole />
      {may ? (
        <form className="settings-line" onSubmit={(event) => void save(event)}>
          <Field label={words.name}>
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={80}
                required
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" busy={busy} off={name.trim() === "" || name === project.name}>
            {words.save}
          </Button>
        </form>
      ) : (
        <p>
          <Untrusted text={project.name} />
        </p>
      )}
      {making && <NewProject onClose={() => setMaking(false)} />}
    </Section>
  );
}
