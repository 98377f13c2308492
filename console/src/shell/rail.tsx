import { useState } from "react";
import { IconButton } from "../components/button.tsx";
import { Icon } from "../components/icon.tsx";
import { Menu } from "../components/menu.tsx";
import type { LiveState } from "../lib/live.ts";
import { Link } from "../lib/router.tsx";
import { useScene, useTo } from "../lib/session.tsx";
import { modSign } from "../lib/shortcuts.ts";
import type { RailGroup, Route } from "../routes.tsx";
import { common, shell } from "../strings/en/shell.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Balance } from "./balance.tsx";
import { NewProject } from "./new-project.tsx";
import { openPalette } from "./palette-state.ts";
import { useRailRoutes } from "./rail-routes.ts";

const GROUPS: readonly RailGroup[] = ["make", "manage", "operate"];

/** The rail at the left: project, pages, balance, account. */
export function Rail(props: {
  readonly path: string;
  readonly live: LiveState;
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}) {
  const routes = useRailRoutes();
  return (
    <div className="rail">
      <ProjectSwitch />
      <button type="button" className="rail-link" onClick={openPalette} title={shell.search}>
        <Icon name="search" />
        <span className="rail-text grow rail-search">{shell.search}</span>
        <kbd className="rail-text">{modSign()}K</kbd>
      </button>
      <nav className="rail-nav" aria-label={shell.nav}>
        {GROUPS.map((group) => (
          <RailLinks
            key={group}
            name={shell.groups[group]}
            routes={routes.filter(({ rail }) => rail?.group === group)}
            path={props.path}
          />
        ))}
      </nav>
      <div className="rail-foot">
        <Balance />
        <div className="row">
          <div
            className="live grow rail-text"
            data-tone={props.live === "live" ? "green" : "amber"}
          >
            <span className="live-dot" />
            {props.live === "live" ? common.live : common.livePaused}
          </div>
          <IconButton
            small
            icon="fold"
            label={props.folded ? shell.unfold : shell.fold}
            onClick={() => props.onFold(!props.folded)}
          />
        </div>
        <AccountMenu />
      </div>
    </div>
  );
}

function RailLinks(props: {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly path: string;
}) {
  const to = useTo();
  if (props.routes.length === 0) return null;
  return (
    <div className="rail-group">
      <div className="rail-group-name">{props.name}</div>
      <ul>
        {props.routes.map(({ path, rail }) => (
          <li key={path}>
            <Link
              to={to(path)}
              className="rail-link"
              title={rail?.name}
              aria-current={isAt(props.path, path) ? "page" : undefined}
            >
              {rail !== undefined && <Icon name={rail.icon} />}
              <span className="rail-text">{rail?.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether a path is a page or something below it. */
export function isAt(path: string, page: string): boolean {
  return path === page || path.startsWith(`${page}/`);
}

function ProjectSwitch() {
  const { project, session } = useScene();
  const [making, setMaking] = useState(false);
  return (
    <>
      <Menu
        label={shell.projects}
        items={[
          ...session.projects.map(({ id, name }) => ({
            label: name,
            checked: id === project.id,
            to: `/p/${id}/`,
          })),
          null,
          { label: shell.newProject.title, icon: "plus", onSelect: () => setMaking(true) },
        ]}
        trigger={(trigger) => (
          <button
            type="button"
            className="rail-project"
            {...trigger}
            title={shell.switchProject}
            aria-label={`${shell.switchProject}: ${project.name}`}
          >
            <img src="/icon.svg" alt="" width={24} height={24} />
            <span className="rail-text truncate grow">{project.name}</span>
            <span className="rail-text muted">
              <Icon name="down" size={12} />
            </span>
          </button>
        )}
      />
      {making && <NewProject onClose={() => setMaking(false)} />}
    </>
  );
}
