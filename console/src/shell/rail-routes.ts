import { useScene } from "../lib/session.tsx";
import { ROUTES, type Route } from "../routes.tsx";

/** The pages of the rail that this person may see. */
export function useRailRoutes(): readonly Route[] {
  const { project } = useScene();
  return ROUTES.filter(({ rail }) => {
    if (rail === undefined) return false;
    if (rail.operator === true && !project.runs_gateway) return false;
    return rail.scope === undefined || project.scopes.includes(rail.scope);
  });
}
