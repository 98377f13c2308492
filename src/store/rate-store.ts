/** Buckets of requests that all nodes draw from; each holds a burst and refills evenly. */
export interface RateStore {
  /** Takes up to `want` requests out of a bucket, by the clock that all nodes share. */
  take(wish: RateWish): Promise<RateGrant>;
}

/** What is asked of a bucket. */
export interface RateWish {
  readonly name: string;
  /** In which time one more request is given, microseconds. */
  readonly intervalUs: number;
  /** How many requests a full bucket holds. */
  readonly burst: number;
  readonly want: number;
  /** By this machine's clock, epoch milliseconds; counts where there is no other node. */
  readonly nowMs: number;
}

/** What a bucket gave. */
export interface RateGrant {
  /** From 0 to what was wanted. */
  readonly granted: number;
  /** In which time the bucket will be full again, microseconds. */
  readonly standUs: number;
}
