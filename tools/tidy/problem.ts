import type { Tree } from "./tree.ts";

/** Something in the tree that breaks a rule of STYLE.md or ARCHITECTURE.md. */
export interface Problem {
  readonly path: string;
  /** 1 is the first. */
  readonly line: number;
  /** What is wrong and what to write instead. */
  readonly message: string;
  /** A warning is a question to ask; it does not fail the gate. */
  readonly severity: "error" | "warning";
}

/** One rule, or a family of rules that look at the same thing. Pure: reads the tree only. */
export type Rule = (tree: Tree) => readonly Problem[];

/** A question at a line. */
export function warning(path: string, line: number, message: string): Problem {
  return { path, line, message, severity: "warning" };
}

/** An error at a line. */
export function problem(path: string, line: number, message: string): Problem {
  return { path, line, message, severity: "error" };
}
