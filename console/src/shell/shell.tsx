import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Skeleton } from "../components/feedback.tsx";
import { setApiProject } from "../lib/api.ts";
import { type LiveState, type News, startLive } from "../lib/live.ts";
import { matchPath } from "../lib/match-path.ts";
import { remember, remembered } from "../lib/preferences.ts";
import { ParamsProvider } from "../lib/router.tsx";
import { type Project, SceneProvider, type Session } from "../lib/session.tsx";
import { ROUTES } from "../routes.tsx";
import { common } from "../strings/en/shell.ts";
import { Bar } from "./bar.tsx";
import { Boundary } from "./boundary.tsx";
import { Commands } from "./commands.tsx";
import { watchNewest } from "./newest.ts";
import { NewsProvider, useNewsBoard } from "./news.tsx";
import { NotFound } from "./not-found.tsx";
import { Rail } from "./rail.tsx";
import { SessionGate } from "./session-gate.tsx";

/** The frame around every page of a project. */
export function Shell(props: {
  readonly session: Session;
  /** `null` for a project that is not the person's. */
  readonly project: Project | null;
  readonly path: string;
}) {
  const { session, path } = props;
  const [first] = session.projects;
  const project = props.project ?? first;
  if (project === undefined) return null;
  return (
    <Framed
      key={project.id}
      session={session}
      project={project}
      path={props.project === null ? "" : path}
    />
  );
}

interface FramedProps {
  readonly session: Session;
  readonly project: Project;
  readonly path: string;
}

function Framed({ session, project, path }: FramedProps) {
  // Pages ask for their data while they are drawn: the project is named before.
  setApiProject(project.id);
  const scene = useMemo(() => ({ session, project }), [session, project]);
  const [folded, setFolded] = useState(remembered("rail") === "folded");
  const board = useNewsBoard();
  const live = useLive(project.id, board.tell);
  const fold = (next: boolean): void => {
    setFolded(next);
    remember("rail", next ? "folded" : null);
  };
  return (
    <SceneProvider scene={scene}>
      <NewsProvider board={board}>
        <a className="skip" href="#main">
          {common.skip}
        </a>
        <div className="shell" data-folded={folded}>
          <Rail path={path} live={live} folded={folded} onFold={fold} />
          <Main path={path} live={live} />
          <Bar path={path} />
        </div>
        <Commands />
        <SessionGate />
      </NewsProvider>
    </SceneProvider>
  );
}

function Main({ path, live }: { readonly path: string; readonly live: LiveState }) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <main id="main" ref={main} tabIndex={-1}>
      {live === "paused" && (
        <div className="strip" role="status">
          {common.livePaused}
        </div>
      )}
      <Boundary key={path}>
        <Suspense fallback={<Loading />}>
          <Routed path={path} />
        </Suspense>
      </Boundary>
    </main>
  );
}

function Routed({ path }: { readonly path: string }) {
  for (const route of ROUTES) {
    const params = matchPath(route.path, path);
    if (params === null) continue;
    return (
      <ParamsProvider params={params}>
        <route.page />
      </ParamsProvider>
    );
  }
  return <NotFound />;
}

function Loading() {
  return (
    <div className="page" aria-busy="true">
      <Skeleton height={28} width={160} />
      <Skeleton height={240} />
    </div>
  );
}

/** Follows what begins and ends in the project: it changes lists, balance and pages. */
function useLive(project: string, tell: (news: News) => void): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("live");
  useEffect(() => {
    const onNews = (news: News): void => {
      tell(news);
      void client.invalidateQueries({ queryKey: ["balance"] });
      // What is under way is not begun anew: many events make one question after the other.
      const counts = { queryKey: ["tasks", project, "counts"] };
      void client.invalidateQueries(counts, { cancelRefetch: false });
    };
    const endStream = startLive({ project, onState: setState, onNews });
    const endWatch = watchNewest(() => onNews({ type: "task.accepted", data: null }));
    return () => {
      endStream();
      endWatch();
    };
  }, [project, tell, client]);
  return state;
}
