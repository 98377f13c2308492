import type { Terminal } from "./command.ts";

/** Shows how far a task is. */
export interface Progress {
  show(state: {
    readonly status: string;
    readonly percent: number;
    readonly elapsedS: number;
  }): void;
  /** Leaves the screen clean for what follows. */
  end(): void;
}

const WIDTH = 28;

/** A bar that redraws itself on a screen; in a pipe, a plain line for each tenth. */
export function startProgress(terminal: Terminal): Progress {
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

function bar(state: { status: string; percent: number; elapsedS: number }): string {
  const full = Math.round((WIDTH * state.percent) / 100);
  const cells = "█".repeat(full) + "░".repeat(WIDTH - full);
  const percent = `${Math.floor(state.percent)}`.padStart(3);
  return `${cells} ${percent} %  ${state.status}  ${state.elapsedS.toFixed(0)} s`;
}

function plainLine({ status, percent }: { status: string; percent: number }): string {
  return `${status} ${Math.floor(percent / 10) * 10} %`;
}
