import { useEffect } from "react";
import { LoadError } from "./components/feedback.tsx";
import { navigate, usePlace } from "./lib/router.tsx";
import { type Session, useSessionQuery } from "./lib/session.tsx";
import { CodePage } from "./pages/door/code-page.tsx";
import { SignInPage } from "./pages/door/sign-in-page.tsx";
import { FIRST_PAGE } from "./routes.tsx";
import { NoProject } from "./shell/no-project.tsx";
import { Shell } from "./shell/shell.tsx";

/** The console: a door, or the shell of one project. */
export function App() {
  const query = useSessionQuery();
  const { path } = usePlace();
  if (query.data === undefined) {
    if (query.error === null) return null;
    return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  }
  const code = /^\/(setup|invite)\/([^/]+)$/.exec(path);
  if (code !== null) return <CodePage code={code[2] ?? ""} session={query.data} />;
  if (query.data.person === null) return <SignInPage session={query.data} />;
  return <Inside session={query.data} path={path} />;
}

function Inside({ session, path }: { readonly session: Session; readonly path: string }) {
  const wanted = /^\/p\/([^/]+)(?:\/(.*))?$/.exec(path);
  const first = session.projects[0];
  if (first === undefined) return <NoProject session={session} />;
  if (wanted === null || wanted[2] === undefined || wanted[2] === "") {
    const id = wanted?.[1] ?? first.id;
    return <Redirect to={`/p/${id}/${wanted === null ? pageOf(path) : FIRST_PAGE}`} />;
  }
  const project = session.projects.find(({ id }) => id === wanted[1]) ?? null;
  return <Shell session={session} project={project} path={wanted[2]} />;
}

/** `/t/<task>` is a short address of a task; everything else begins at the first page. */
function pageOf(path: string): string {
  const task = /^\/t\/([^/]+)$/.exec(path)?.[1];
  return task === undefined ? FIRST_PAGE : `tasks/${task}`;
}

function Redirect({ to }: { readonly to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
