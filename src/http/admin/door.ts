import type { Door } from "../app.ts";
import type { Authenticate } from "../authenticate.ts";
import type { Caller } from "../services.ts";
import { addAdminCredits } from "./credits.ts";
import { addAdminKeys } from "./keys.ts";
import { addAdminPeople } from "./people.ts";
import { addAdminTasks } from "./tasks.ts";

/**
 * The operator's door: a unix socket in the data folder that only the operator's account can open.
 * Whoever gets in acts for the first project and needs no key.
 */
export function adminDoor(operator: Caller): Door {
  const guard: Authenticate = (request, _reply, done) => {
    request.caller = operator;
    done();
  };
  return { guard, routes: [addAdminKeys, addAdminTasks, addAdminCredits, addAdminPeople] };
}
