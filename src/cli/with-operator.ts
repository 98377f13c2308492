import { GatewayError } from "../core/error.ts";
import { type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { type Operator, openOperator } from "./operator.ts";

/** Which gateways a command can speak to. */
export type Reach =
  /** Any, also one that `VIDGO_URL` names. */
  | "any"
  /** The one on this data folder: the public API of a remote one does not offer this. */
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
      "This is for the gateway's own machine: run it there, without VIDGO_URL, with the " +
        "VIDGO_DATA_DIR of the gateway",
    );
  }
  await using operator = await openOperator(context, { works: false });
  await work(operator);
  return EXIT.success;
}
