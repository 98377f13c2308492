import { GatewayError } from "../core/error.ts";
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { REFUSED } from "./operator.ts";

/** Says what went wrong and how to go on; gives the exit code of its kind. */
export function complain(context: CommandContext, command: Command, error: unknown): ExitCode {
  const { terminal } = context;
  if (isUnreachable(error)) {
    terminal.note("No gateway is running here: start one with vidgo serve, or set VIDGO_URL\n");
    return EXIT.unreachable;
  }
  if (!(error instanceof GatewayError)) {
    terminal.note(`vidgo ${command.name}: ${String(error)}\n`);
    return EXIT.unreachable;
  }
  terminal.note(`vidgo ${command.name}: ${error.message}\n`);
  if (error.code === "insufficient_credits") return EXIT.credits;
  if (error.details.cause !== REFUSED) return EXIT.usage;
  return error.status >= 500 ? EXIT.unreachable : EXIT.refused;
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return ["ECONNREFUSED", "ENOENT", "ECONNRESET", "UND_ERR_SOCKET"].includes(String(error.code));
}
