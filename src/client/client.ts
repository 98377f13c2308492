import type { BalanceData } from "../wire/balance.ts";
import type { CancelData } from "../wire/cancel.ts";
import type { ModelData } from "../wire/model.ts";
import type { MusicDetailData } from "../wire/music-detail.ts";
import type { QuoteData } from "../wire/quote.ts";
import type { ReceiptData } from "../wire/receipt.ts";
import type { StatusData } from "../wire/status.ts";
import type { UploadBody } from "../wire/upload.ts";
import type { ImageInputs } from "./inputs/image.ts";
import type { MusicInputs } from "./inputs/music.ts";
import type { VideoInputs } from "./inputs/video.ts";
import type { ClientError, Result } from "./result.ts";
import { type Call, callApi, callFile, makeTransport, uniqueKey } from "./transport.ts";
import { type WaitOptions, waitFor } from "./wait.ts";

export type { ClientError, Result, WaitOptions };

/** The input of each model, by its id. */
export interface ModelInputs extends ImageInputs, MusicInputs, VideoInputs {}

/** A public model id. */
export type ModelId = keyof ModelInputs;

/** What to make. */
export interface Wish<Id extends ModelId> {
  readonly model: Id;
  readonly input: ModelInputs[Id];
  readonly callback_url?: string;
}

/** How to submit. */
export interface SubmitOptions {
  /** Made anew when absent; give your own to repeat a submit after your process died. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Where the gateway is and who asks. */
export interface ClientOptions {
  /** Such as `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  readonly key: string;
  /** In place of the global one. */
  readonly fetch?: typeof fetch;
}

/**
 * The API as typed functions. Nothing throws: each gives a {@link Result}. What may be tried again
 * is tried four times, honouring `Retry-After`; submits bear an `Idempotency-Key`, so that a
 * repeated one makes no second task.
 */
export interface Client {
  /** Creates a task. */
  submit<Id extends ModelId>(wish: Wish<Id>, options?: SubmitOptions): Promise<Result<ReceiptData>>;
  /** Waits until a task has ended; one that failed is an error. */
  wait(taskId: string, options?: WaitOptions): Promise<Result<StatusData>>;
  /** Submits and waits. */
  generate<Id extends ModelId>(
    wish: Wish<Id>,
    options?: SubmitOptions & WaitOptions,
  ): Promise<Result<StatusData>>;
  status(taskId: string, signal?: AbortSignal): Promise<Result<StatusData>>;
  /** The results of a music task, with the members of its model. */
  musicDetail(taskId: string): Promise<Result<MusicDetailData>>;
  cancel(taskId: string): Promise<Result<CancelData>>;
  /** What a submit of the same would cost. */
  quote<Id extends ModelId>(wish: Wish<Id>): Promise<Result<QuoteData>>;
  balance(): Promise<Result<BalanceData>>;
  models(): Promise<Result<{ readonly models: readonly ModelData[] }>>;
  /** Uploads a picture for use in an input; its `file_url` lives for 72 hours. */
  upload(bytes: Uint8Array<ArrayBuffer>, fileName: string): Promise<Result<UploadBody["data"]>>;
  /** The bytes of a file by its link. */
  download(fileUrl: string, signal?: AbortSignal): Promise<Result<Uint8Array>>;
}

/** Opens the API of a gateway. */
export function createClient(options: ClientOptions): Client {
  const transport = makeTransport(options);
  const ask = <Data>(call: Call) => callApi<Data>(transport, call);
  const read = <Data>(target: string, signal?: AbortSignal) =>
    ask<Data>({ method: "GET", target, ...(signal === undefined ? {} : { signal }) });
  const client: Client = {
    submit(wish, { idempotencyKey = uniqueKey(), signal } = {}) {
      const headers = { "idempotency-key": idempotencyKey };
      const target = "/api/generate/submit";
      const cut = signal === undefined ? {} : { signal };
      return ask({ method: "POST", target, json: wish, headers, ...cut });
    },
    wait: (taskId, wish = {}) => waitFor({ status: client.status }, taskId, wish),
    async generate(wish, how = {}) {
      const receipt = await client.submit(wish, how);
      return receipt.ok ? client.wait(receipt.value.task_id, how) : receipt;
    },
    status: (taskId, signal) => read(`/api/generate/status/${encodeURIComponent(taskId)}`, signal),
    musicDetail: (taskId) =>
      read(`/api/generate/detail/music?task_id=${encodeURIComponent(taskId)}`),
    cancel: (taskId) =>
      ask({ method: "POST", target: `/api/generate/cancel/${encodeURIComponent(taskId)}` }),
    quote: (wish) => ask({ method: "POST", target: "/api/generate/quote", json: wish }),
    balance: () => read("/api/user/balance"),
    models: () => read("/api/models"),
    upload(bytes, fileName) {
      const form = new FormData();
      form.append("file", new Blob([bytes]), fileName);
      return ask({ method: "POST", target: "/api/common/upload/stream", form });
    },
    download: (fileUrl, signal) =>
      callFile(transport, {
        method: "GET",
        target: fileUrl,
        ...(signal === undefined ? {} : { signal }),
      }),
  };
  return client;
}
