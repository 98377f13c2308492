/** What a file says about itself in its headers. `null`: it does not say, or has no such thing. */
export interface MediaFacts {
  readonly width: number | null;
  readonly height: number | null;
  readonly durationS: number | null;
}
