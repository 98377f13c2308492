import type { Terminal } from "./command.ts";

/** Shows how far a task is. */
export interface Progress {
  show(state: ProgressState): void;
  /** Leaves the screen clean for what follows. */
  end(): void;
}

/** How far a task is. */
export interface ProgressState {
  /** The public word. */
  readonly status: string;
  /** 0 to 100. */
  readonly percent: number;
  readonly elapsedS: number;
}

const WIDTH = 28;

/** A bar that redraws itself on a screen; in a pipe, a plain line for each tenth. */
export function startProgress(terminal: Pick<Terminal, "note" | "isScreen">): Progress {
  let last = "";
  return {
    show(state) {
      const line = terminal.isScreen ? bar(state) : plainLine(state);
      if (line === last) return;
      last = line;
      terminal.note(terminal.isScreen ? `\r${line}\u001b[K` : `${line}\n`);
    },
    end() {
      if (terminal.isScreen && last !== "") terminal.note("\r\u001b[K");
    },
  };
}

function bar({ status, percent, elapsedS }: ProgressState): string {
  const full = Math.round((WIDTH * percent) / 100);
  const cells = "█".repeat(full) + "░".repeat(WIDTH - full);
  const shown = `${Math.floor(percent)}`.padStart(3);
  return `${cells} ${shown} %  ${wordOf(status)}  ${elapsedS.toFixed(0)} s`;
}

function plainLine({ status, percent }: ProgressState): string {
  return `${wordOf(status)} ${Math.floor(percent / 10) * 10} %`;
}

function wordOf(status: string): string {
  return status === "not_started" ? "waiting" : status;
}
