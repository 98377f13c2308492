import type { Row, Statement } from "../transaction.ts";

/** Connections to one database. */
export interface Connections {
  /**
   * Lends a connection for as long as `work` runs. One that broke is not lent again.
   * @throws {GatewayError} `unavailable` when no connection is to be had.
   */
  use<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A connection that nobody else uses at the same time. */
export interface Session {
  /** Runs one statement with values; it is prepared once per connection. */
  query(statement: Statement): Promise<readonly Row[]>;
  /** Runs statements without values in one round trip; gives the rows of the last one. */
  script(sql: string): Promise<readonly Row[]>;
}
