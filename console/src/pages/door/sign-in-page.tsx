import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Copy } from "../../components/values.tsx";
import { api } from "../../lib/api.ts";
import { type Session, useTakeSession } from "../../lib/session.tsx";
import { door } from "../../strings/en/door.ts";
import type { Credentials } from "./credentials.ts";
import { CredentialsForm } from "./credentials-form.tsx";
import { DoorFrame } from "./door-frame.tsx";

/** Signing in, or making an account where everybody may. */
export function SignInPage({ session }: { readonly session: Session }) {
  const [fresh, setFresh] = useState(false);
  const take = useTakeSession();
  const enter = useMutation({
    mutationFn: ({ name, email, password }: Credentials) =>
      fresh
        ? api<Session>("/api/session/sign-up", { body: { name: name.trim(), email, password } })
        : api<Session>("/api/session/sign-in", { body: { email: email.trim(), password } }),
    onSuccess: take,
  });
  if (session.setup_needed) return <SetupNeeded />;
  const { signIn, signUp } = door;
  const other = (): void => {
    enter.reset();
    setFresh(!fresh);
  };
  return (
    <DoorFrame title={fresh ? signUp.title : signIn.title}>
      <CredentialsForm
        key={String(fresh)}
        fresh={fresh}
        action={fresh ? signUp.action : signIn.action}
        busy={enter.isPending}
        error={enter.error}
        onSubmit={enter.mutate}
      />
      <p className="door-foot">
        {session.signup === "invite" ? (
          signIn.invited
        ) : (
          <>
            {fresh ? signUp.have : signIn.open}{" "}
            <button type="button" className="link-button" onClick={other}>
              {fresh ? signIn.action : signIn.signUp}
            </button>
          </>
        )}
      </p>
    </DoorFrame>
  );
}

function SetupNeeded() {
  const { setup } = door;
  return (
    <DoorFrame title={setup.title} lead={setup.needed}>
      <div className="copy-line">
        <code>{setup.command}</code>
        <Copy text={setup.command} />
      </div>
    </DoorFrame>
  );
}
