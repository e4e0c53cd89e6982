declare module "dynalite" {
  import type { Server } from "node:http";

  /** An HTTP server that answers as DynamoDB; `close` closes its LevelDB too. */
  export default function dynalite(options: {
    /** The LevelDB folder; in memory without it. */
    path?: string;
    /** How long a table stays CREATING, in milliseconds. */
    createTableMs?: number;
  }): Server;
}
