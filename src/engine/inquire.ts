import { type Finding, type InquiryMove, inquire } from "../core/inquiry.ts";
import { disowned, TAKEN } from "../core/verdict.ts";
import { present } from "../lib/assert.ts";
import type { Claim, Inquiry, InquiryStep } from "../store/store.ts";
import { find, poll, withdraw } from "./ask.ts";
import type { EngineContext } from "./context.ts";
import { type HeldLease, underLease } from "./lease.ts";
import { positionOf } from "./position.ts";
import { type RouteInUse, routeInUse } from "./provider-context.ts";
import { attemptPart } from "./record.ts";

/**
 * Takes a claimed inquiry one step further: tells the provider to stop until it has answered, asks
 * what became of the job, and writes it down.
 * @param askedMs As in `runClaim`.
 */
export async function runInquiry(
  context: EngineContext,
  inquiry: Inquiry,
  askedMs: number = context.clock.monotonicMs(),
): Promise<void> {
  const { untilMs } = inquiry;
  await underLease(context, { claim: inquiry, askedMs, untilMs }, async (lease) => {
    const sight = await look(context, inquiry, lease);
    if (!lease.signal.aborted) await decide(context, inquiry, sight);
  });
}

/**
 * Writes what a worker saw of an attempt whose task was ended under its hands: the task's lease has
 * become one of the inquiry. Nothing is written when there is none.
 */
export async function testify(
  context: EngineContext,
  claim: Claim,
  finding: Finding,
): Promise<void> {
  if (claim.attempt === null) return;
  const inquiry = { ...claim, attempt: claim.attempt, told: null };
  await decide(context, inquiry, { finding });
}

/** What was seen, and what the provider said to the wish that it stop. */
interface Sight {
  readonly finding: Finding;
  readonly told?: InquiryStep["told"];
}

async function look(context: EngineContext, inquiry: Inquiry, lease: HeldLease): Promise<Sight> {
  const { attempt, task, untilMs } = inquiry;
  if (context.clock.nowMs() >= untilMs) return { finding: { kind: "expired" } };
  if (attempt.contested === true) return { finding: { kind: "contested" } };
  if (attempt.state === "submitting" && attempt.operation === null) {
    return { finding: { kind: "interrupted" } };
  }
  const route = routeInUse(context, inquiry, lease.signal);
  if (attempt.operation === null) return { finding: await seek(inquiry, route) };
  context.accounts.keep(present(task.routes[task.routeIndex], "route"), attempt.id);
  const told = inquiry.told ?? (await withdraw(inquiry, route));
  const finding: Finding = { kind: "polled", observation: await poll(inquiry, route) };
  return told === null ? { finding } : { finding, told };
}

/** Looks for a submit that was not answered. Sending its key again might buy: that is not done. */
async function seek(inquiry: Inquiry, route: RouteInUse | null): Promise<Finding> {
  if (route !== null && route.provider.find === undefined) return { kind: "unasked" };
  return { kind: "searched", outcome: await find(inquiry, route) };
}

async function decide(
  context: EngineContext,
  inquiry: Omit<Inquiry, "untilMs">,
  { finding, told = inquiry.told ?? undefined }: Sight,
): Promise<void> {
  const { task, attempt } = inquiry;
  const nowMs = context.clock.nowMs();
  const taskEndedAtMs = task.finishedAtMs ?? nowMs;
  const position = { ...positionOf(context, inquiry), told: told ?? null, taskEndedAtMs };
  const move = inquire(position, finding);
  const result = await context.store.inquiries.record({
    ...{ taskId: task.id, fence: inquiry.fence, nowMs },
    dueAtMs: nowMs + (move.kind === "ask" ? move.dueInMs : 0),
    ...(told === undefined ? {} : { told }),
    ...attemptPart(context, inquiry, move.attempt),
  });
  if (result === "taken") {
    context.log.error({ taskId: task.id, detail: TAKEN.message }, "Alarm");
    const disbelieved = disowned(finding);
    return decide(context, inquiry, {
      finding: disbelieved,
      ...(told === undefined ? {} : { told }),
    });
  }
  if (result === "written" && move.kind === "close") close(context, attempt.id, { task, move });
}

function close(
  context: EngineContext,
  attemptId: string,
  { task, move }: { readonly task: Claim["task"]; readonly move: InquiryMove },
): void {
  context.accounts.leave(attemptId);
  const { state, billed, error } = present(move.attempt, "attempt");
  const detail = `${state}, charged: ${billed ?? error?.billed}`;
  context.log.info({ taskId: task.id, detail }, "It is known what became of an ended task");
}
