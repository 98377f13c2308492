import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { LoadError, messageOf, Notice } from "../../components/feedback.tsx";
import { Copy } from "../../components/values.tsx";
import { ApiError, api } from "../../lib/api.ts";
import { Link, navigate } from "../../lib/router.tsx";
import { type Role, type Session, useTakeSession } from "../../lib/session.tsx";
import { door } from "../../strings/en/door.ts";
import { common } from "../../strings/en/shell.ts";
import type { Credentials } from "./credentials.ts";
import { CredentialsForm } from "./credentials-form.tsx";
import { DoorFrame } from "./door-frame.tsx";

/** What a code in a link is for. */
interface CodeData {
  readonly kind: "setup" | "invite";
  readonly project_name: string;
  readonly role: Role;
}

/** Where a setup link or an invitation leads. */
export function CodePage({ code, session }: { readonly code: string; readonly session: Session }) {
  const query = useQuery({
    queryKey: ["code", code],
    queryFn: () => api<CodeData>("/api/session/code", { body: { code } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return null;
  if (query.error !== null) return <CodeFault error={query.error} />;
  return <CodeForm code={code} data={query.data} session={session} />;
}

function CodeFault({ error }: { readonly error: Error }) {
  const { link, setup } = door;
  const status = error instanceof ApiError ? error.status : 0;
  // 400: too short or too long to be a code, as when a part of the link was lost.
  if (status === 404 || status === 400) {
    return (
      <DoorFrame title={link.unknown} lead={link.unknownText}>
        <Home />
      </DoorFrame>
    );
  }
  if (status !== 410) return <LoadError error={error} />;
  return (
    <DoorFrame title={link.used} lead={link.usedText}>
      <div className="copy-line">
        <code>{setup.command}</code>
        <Copy text={setup.command} />
      </div>
      <Home />
    </DoorFrame>
  );
}

function Home() {
  return (
    <p className="door-foot">
      <Link to="/">{common.goHome}</Link>
    </p>
  );
}

interface CodeFormProps {
  readonly code: string;
  readonly data: CodeData;
  readonly session: Session;
}

function CodeForm({ code, data, session }: CodeFormProps) {
  const [fresh, setFresh] = useState(true);
  const take = useTakeSession();
  const enter = useMutation({
    mutationFn: async ({ name, email, password }: Credentials) => {
      const body = { email: email.trim(), password };
      if (fresh) {
        return await api<Session>("/api/session/sign-up", {
          body: { ...body, name: name.trim(), code },
        });
      }
      await api<Session>("/api/session/sign-in", { body });
      return await api<Session>("/api/session/join", { body: { code } });
    },
    onSuccess: (next) => {
      take(next);
      navigate("/", { replace: true });
    },
  });
  if (session.person !== null) {
    const known = session.projects.map(({ id }) => id);
    return <JoinForm code={code} data={data} email={session.person.email} known={known} />;
  }
  const { setup, invite, roles, signIn } = door;
  const isSetup = data.kind === "setup";
  const freshAction = isSetup ? setup.action : invite.action;
  return (
    <DoorFrame
      title={isSetup ? setup.title : invite.title(data.project_name)}
      lead={isSetup ? setup.lead : invite.lead(roles[data.role])}
    >
      <CredentialsForm
        key={String(fresh)}
        fresh={fresh}
        action={fresh ? freshAction : signIn.action}
        busy={enter.isPending}
        error={enter.error}
        onSubmit={enter.mutate}
      />
      {!isSetup && (
        <p className="door-foot">
          <button type="button" className="link-button" onClick={() => setFresh(!fresh)}>
            {fresh ? invite.signIn : signIn.signUp}
          </button>
        </p>
      )}
    </DoorFrame>
  );
}

function JoinForm(props: {
  readonly code: string;
  readonly data: CodeData;
  readonly email: string;
  /** Projects that the person has already: names may be alike. */
  readonly known: readonly string[];
}) {
  const { invite, roles } = door;
  const take = useTakeSession();
  const join = useMutation({
    mutationFn: () => api<Session>("/api/session/join", { body: { code: props.code } }),
    onSuccess: (session) => {
      take(session);
      const project = session.projects.find(({ id }) => !props.known.includes(id));
      navigate(project === undefined ? "/" : `/p/${project.id}/`, { replace: true });
    },
  });
  return (
    <DoorFrame
      title={invite.title(props.data.project_name)}
      lead={invite.joinLead(roles[props.data.role], props.email)}
    >
      {join.error !== null && (
        <Notice tone="red" urgent>
          {messageOf(join.error)}
        </Notice>
      )}
      <Button kind="primary" large wide busy={join.isPending} onClick={() => join.mutate()}>
        {invite.join}
      </Button>
    </DoorFrame>
  );
}
