const WINDOW_MS = 300_000;
const SLOT_MS = 10_000;
const CALLS_MIN = 10;
const REST_MS = 30_000;

/**
 * Lets an upstream rest that does not answer: when more than half of at least ten calls within
 * five minutes had no answer, it is left alone for 30 seconds, then tried anew.
 */
export class Circuit {
  /** The last five minutes, oldest first: their number is bounded, however many calls there are. */
  readonly #slots: Slot[] = [];
  #openUntilMs: number | null = null;

  /** Notes a call. The first answer after a rest wipes the slate. */
  note(nowMs: number, answered: boolean): void {
    if (answered && this.#openUntilMs !== null && nowMs >= this.#openUntilMs) {
      this.#slots.length = 0;
      this.#openUntilMs = null;
    }
    const slot = this.#slotAt(nowMs);
    slot.calls += 1;
    if (!answered) slot.silent += 1;
    if (!answered && this.#isSilent()) this.#openUntilMs = nowMs + REST_MS;
  }

  /** How long it still rests; 0 or less when it does not. */
  restMs(nowMs: number): number {
    return (this.#openUntilMs ?? nowMs) - nowMs;
  }

  #slotAt(nowMs: number): Slot {
    while ((this.#slots[0]?.startMs ?? nowMs) <= nowMs - WINDOW_MS) this.#slots.shift();
    const latest = this.#slots.at(-1);
    if (latest !== undefined && nowMs < latest.startMs + SLOT_MS) return latest;
    const slot = { startMs: nowMs, calls: 0, silent: 0 };
    this.#slots.push(slot);
    return slot;
  }

  #isSilent(): boolean {
    const calls = this.#slots.reduce((sum, slot) => sum + slot.calls, 0);
    const silent = this.#slots.reduce((sum, slot) => sum + slot.silent, 0);
    return calls >= CALLS_MIN && silent * 2 > calls;
  }
}

/** What the calls of ten seconds came to. */
interface Slot {
  readonly startMs: number;
  calls: number;
  silent: number;
}
