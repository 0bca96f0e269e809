/** Something that can do the work. */
export interface Peer {
  /** One run of the work; resolves to the answer as JSON text. */
  run(): Promise<string>;
  /** Resident bytes: of each sandbox child, or of the one process in which the peer does everything. */
  resident(): number[];
  close(): void;
}
