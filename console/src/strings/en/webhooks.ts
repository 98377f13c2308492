/** The words of callbacks. */
export const webhooks = {
  lead: "What was sent to your callback URLs, with every try and what came back.",
  retrying: (tries: number) => `Retrying, ${tries} tried`,
  tries: {
    caption: "Tries of this callback",
    number: "Try",
    started: "Sent",
    answer: "Answer",
    took: "Took",
    none: "Not tried yet.",
    noAnswer: "no answer",
  },
  peek: "Callback",
  filters: { code: "Answer", host: "Host", time: "Time" },
  sent: {
    body: "Body that was sent",
    headers: "Headers of the last try",
    notKept: "Not kept.",
  },
  reasons: {
    endpoint_gone: "Its host answered 410 Gone: nothing more was sent there.",
    endpoint_failing: "Its host did nothing but fail for days: nothing more was sent there.",
  },
  columns: {
    state: "State",
    url: "URL",
    task: "Task",
    tries: "Tries",
    last: "Answer",
    made: "Made",
  },
  caption: "Callbacks, newest first",
  all: "All",
  redeliver: "Send again",
  redelivered: "On its way again",
  sendTest: "Send test",
  recover: "Redeliver a time range",
  more: "Show more",
  empty: {
    title: "No callbacks yet",
    text: "Give callback_url with a submit. Without a public address, run vidgo listen --forward http://localhost:3000/hook and receive events on your own machine.",
  },
  none: { title: "No callback matches these filters", clear: "Clear filters" },
  ping: {
    title: "Send a test",
    url: "URL",
    hint: "A signed test event is sent at once. Nothing else changes.",
    action: "Send",
    answered: (status: number) => `It answered ${status}`,
    failed: (error: string) => `It did not answer: ${error}`,
  },
  span: {
    title: "Redeliver a time range",
    lead: "Callbacks of this time are sent once more, at most 10 000. Receivers may get an event twice.",
    counting: "Counting…",
    count: (count: number, hosts: number) => {
      if (count === 0) return "No callback of this time fits";
      const callbacks = count === 1 ? "1 callback" : `${count} callbacks`;
      return `${callbacks} to ${hosts === 1 ? "1 host" : `${hosts} hosts`} will be sent`;
    },
    from: "From",
    to: "Until",
    states: "Which",
    failedOnly: "Only those that failed",
    all: "All of them",
    action: "Send again",
    done: (count: number) =>
      count === 1 ? "1 callback is on its way" : `${count} callbacks are on their way`,
  },
  secret: {
    title: "Signing",
    text: "Each callback bears webhook-id, webhook-timestamp and webhook-signature after Standard Webhooks. Verify them with this secret.",
    show: "Show the secret",
    hide: "Hide the secret",
    rotate: "Rotate",
    rotateText:
      "A new secret signs from now on; the present one signs beside it for a day. Programs that know either keep working.",
    rotated: "A new secret is in force",
    former: "Former secret, valid until",
    verify: "Verify in your program",
  },
  settings: {
    title: "Form",
    body: "Body",
    flat: "Flat, as documented",
    wrapped: "Wrapped in type and data",
    retry: "Try again after 4xx",
    retryHint: "By default an answer of 4xx is taken for a refusal.",
    saved: "Saved",
  },
  endpoints: {
    title: "Hosts in trouble",
    failing: "failing since",
    disabled: "nothing is sent there any more, since",
    why: {
      gone: "It answered 410 Gone. Enable it again once it takes callbacks.",
      failing: "All it did for 120 hours was fail. Enable it again once it takes callbacks.",
    },
    enable: "Enable again",
    enabled: "Enabled again",
  },
};
