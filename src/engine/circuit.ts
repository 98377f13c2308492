const WINDOW_MS = 300_000;
const NOTES_MIN = 10;
const REST_MS = 30_000;

/**
 * Lets an upstream rest that does not answer: when more than half of at least ten calls within
 * five minutes had no answer, it is left alone for 30 seconds, then tried anew.
 */
export class Circuit {
  readonly #notes: { readonly atMs: number; readonly answered: boolean }[] = [];
  #openUntilMs = 0;

  /** Notes a call. A first answer after a rest wipes the slate. */
  note(nowMs: number, answered: boolean): void {
    const rested = this.#openUntilMs > 0 && nowMs >= this.#openUntilMs;
    if (rested && answered) this.#notes.length = 0;
    this.#notes.push({ atMs: nowMs, answered });
    while ((this.#notes[0]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#notes.shift();
    const silent = this.#notes.filter((each) => !each.answered).length;
    const isOpen = this.#notes.length >= NOTES_MIN && silent * 2 > this.#notes.length;
    if (isOpen && !answered) this.#openUntilMs = nowMs + REST_MS;
  }

  /** How long it still rests; 0 or less when it does not. */
  restMs(nowMs: number): number {
    return this.#openUntilMs - nowMs;
  }
}
