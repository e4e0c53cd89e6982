import { WebSocket } from "ws";

interface Needs {
  readonly endpoint: URL;
  /** The server does not let us in, and will not the next time either. */
  readonly refused: (why: string) => void;
}

/** Sockets that know why they could not be had: a browser's do not tell. */
export const explainedSockets = ({ endpoint, refused }: Needs) => {
  const ended = `The connection to ${endpoint.host} has ended`;
  let why = ended;

  class ExplainedWebSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { perMessageDeflate: false });
      this.on("open", () => {
        why = ended;
      });
      this.on("unexpected-response", (_request, { statusCode = 0 }) => {
        why = refusal(endpoint, statusCode);
        // Throttled or failing servers take us later; any other refusal is the same the next time.
        if (statusCode !== 429 && statusCode < 500) refused(why);
        this.terminate();
      });
      this.on("error", ({ code }: NodeJS.ErrnoException) => {
        if (code) why = `There is no connection to ${endpoint.host} (${code})`;
      });
      this.on("close", (code, reason) => {
        if (code !== 1006) why = `${ended} (${[code, String(reason)].filter(Boolean).join(" ")})`;
      });
    }
  }

  return {
    WebSocket: ExplainedWebSocket,
    /** Why there is no connection. */
    why: () => why,
  };
};

const REASONS: Readonly<Record<number, string>> = {
  400: "the name or the client secret is not valid",
  401: "it asks for a token, which the environment variable ROOMCAST_TOKEN holds",
  403: "you are not allowed in, your token has expired, or there is no such stage",
  404: "there is no such address",
  429: "too many are connecting",
};

const refusal = ({ host, pathname }: URL, status: number) =>
  `${host}${pathname} refused the connection (HTTP ${status}): ${REASONS[status] ?? "the server has failed"}`;
