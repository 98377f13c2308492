import { Icon } from "../components/icon.tsx";
import { Menu } from "../components/menu.tsx";
import { Link } from "../lib/router.tsx";
import { useScene, useTo } from "../lib/session.tsx";
import { shell } from "../strings/en/shell.ts";
import { useAccountItems } from "./account-menu.tsx";
import { isAt } from "./rail.tsx";
import { useRailRoutes } from "./rail-routes.ts";

/** The bar at the bottom of a phone: four pages, and the rest behind “More”. */
export function Bar({ path }: { readonly path: string }) {
  const to = useTo();
  const { session, project } = useScene();
  const account = useAccountItems();
  const routes = useRailRoutes();
  const shown = routes.filter(({ rail }) => rail?.bar === true).slice(0, 4);
  const rest = routes.filter((route) => !shown.includes(route));
  const others = session.projects.filter(({ id }) => id !== project.id);
  return (
    <nav className="bar" aria-label={shell.nav}>
      {shown.map((route) => (
        <Link
          key={route.path}
          to={to(route.path)}
          className="bar-link"
          aria-current={isAt(path, route.path) ? "page" : undefined}
        >
          {route.rail !== undefined && <Icon name={route.rail.icon} size={20} />}
          {route.rail?.name}
        </Link>
      ))}
      <Menu
        up
        end
        label={shell.more}
        items={[
          ...rest.map(({ path: page, rail }) => ({
            label: rail?.name ?? page,
            to: to(page),
            ...(rail === undefined ? {} : { icon: rail.icon }),
          })),
          null,
          ...others.map(({ id, name }) => ({ label: name, to: `/p/${id}/` })),
          ...(others.length > 0 ? [null] : []),
          ...account,
        ]}
        trigger={(trigger) => (
          <button type="button" className="bar-link" {...trigger}>
            <Icon name="more" size={20} />
            {shell.more}
          </button>
        )}
      />
    </nav>
  );
}
