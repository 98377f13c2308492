import { GatewayError } from "../core/error.ts";
import { errorBody } from "../wire/envelope.ts";
import {
  type Command,
  type CommandContext,
  EXIT,
  type ExitCode,
  type Terminal,
} from "./command.ts";
import { REFUSED } from "./operator.ts";
import { MISWRITTEN } from "./words.ts";

/**
 * Says what went wrong and how to go on; gives the exit code of its kind. With `--json` the error
 * also stands on the standard output, in the envelope of the API.
 */
export function complain(context: CommandContext, command: Command, thrown: unknown): ExitCode {
  const { terminal, program, words } = context;
  const error = asGatewayError(thrown);
  terminal.note(`vidgo ${command.name}: ${error.message}\n`);
  if (words.includes("--json")) printError(terminal, error);
  if (error.details.cause === MISWRITTEN) {
    terminal.note(`  ${program} ${command.name} --help shows how it is written\n`);
  }
  return exitCodeOf(error);
}

/** Writes an error to the standard output, in the envelope of the API. */
export function printError(terminal: Terminal, error: GatewayError): void {
  terminal.print(`${JSON.stringify(errorBody(error))}\n`);
}

/** The exit code for a kind of error. */
export function exitCodeOf(error: GatewayError): ExitCode {
  if (error.code === "insufficient_credits") return EXIT.credits;
  if (error.status >= 500) return EXIT.unreachable;
  return error.details.cause === REFUSED ? EXIT.refused : EXIT.usage;
}

/** What the system said, in words that tell what to do. */
function asGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const { code, path, syscall, port, address, message } = readSystemError(thrown);
  const wrong = (text: string): GatewayError =>
    new GatewayError("invalid_request", text, { cause: thrown });
  if (syscall === "listen" || syscall === "bind") {
    if (code === "EADDRINUSE") {
      return wrong(
        `Port ${port} at ${address} is taken by another program: stop that one, or set PORT to ` +
          `another port, for example PORT=${Number(port) + 1}`,
      );
    }
    if (code === "EACCES") {
      return wrong(`Port ${port} needs more rights: set PORT to 1024 or higher, for example 8787`);
    }
    return wrong(
      `HOST=${address} is no address of this machine: set HOST to one of its own, 127.0.0.1 or ` +
        "0.0.0.0",
    );
  }
  const cannot = FILE_TROUBLE[code];
  if (cannot !== undefined && path !== "") {
    return wrong(`Cannot write ${path}: ${cannot}; name another place, or change its rights`);
  }
  return new GatewayError("internal", `This should not happen: ${message}`, { cause: thrown });
}

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  EACCES: "it is not ours to write",
  EPERM: "it is not ours to write",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  ENOENT: "its folder is not there",
  ENOTDIR: "a part of the path is no folder",
  EEXIST: "something else has that name",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
};

interface SystemError {
  readonly message: string;
  readonly code: string;
  readonly path: string;
  readonly syscall: string;
  readonly port: string;
  readonly address: string;
}

/** The members of a system error as texts; what it lacks is empty. */
function readSystemError(thrown: unknown): SystemError {
  const members = new Map(Object.entries(thrown instanceof Error ? thrown : {}));
  const read = (name: string): string => String(members.get(name) ?? "");
  return {
    message: thrown instanceof Error ? thrown.message : String(thrown),
    code: read("code"),
    path: read("path"),
    syscall: read("syscall"),
    port: read("port"),
    address: read("address"),
  };
}
