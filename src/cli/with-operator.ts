import { GatewayError } from "../core/error.ts";
import { type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { type Operator, openOperator } from "./operator.ts";

/** Which gateways a command can speak to. */
export type Reach =
  /** Any, also one that `VIDGO_URL` names. */
  | "any"
  /** The one on this data folder: no key may do this. */
  | "own";

/** Asks a gateway something and closes the line to it whatever happens. */
export async function withOperator(
  context: CommandContext,
  reach: Reach,
  work: (operator: Operator) => Promise<void>,
): Promise<ExitCode> {
  if (reach === "own" && (context.environment.VIDGO_URL?.trim() ?? "") !== "") {
    throw new GatewayError(
      "invalid_request",
      "No key may do this; it is for the gateway's own machine: run it there, without VIDGO_URL, " +
        "with the VIDGO_DATA_DIR of the gateway",
    );
  }
  await using operator = await openOperator(context, { works: false });
  await work(operator);
  return EXIT.success;
}

/** Where the paths of keys and tasks start: a gateway elsewhere has them in its public API. */
export function doorOf({ home }: Operator): "/api" | "/admin" {
  return home === "remote" ? "/api" : "/admin";
}
