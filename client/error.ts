/** What was asked of Roomcast cannot be done. */
export class RoomcastError extends Error {
  override readonly name = "RoomcastError";
  /**
   * The server's own code (`BAD_FRAME`, `BAD_ROOM`, `TOO_MANY_ROOMS`, `TOO_LARGE`, `FORBIDDEN`…), or the client's:
   * `QUEUE_FULL`: too many publishes are waiting; `LEFT`: the room was left; `CLOSED`: the client was closed;
   * `UNANSWERED`: for so long that asking again might do it twice.
   */
  readonly code: string;
  /** For people; may change. */
  readonly reason: string;

  constructor(code: string, reason: string) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
  }
}
