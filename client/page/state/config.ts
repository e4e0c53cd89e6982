/** Where the page's server is. */
export interface Config {
  /** The WebSocket endpoint of a stage: `wss://…`, or `ws://…` for one on this machine. */
  readonly endpoint: string;
}

/**
 * Reads `config.json`, which lies beside the page so that the page need not be built anew for each server.
 * @returns undefined where it is missing, or names no endpoint
 */
export const readConfig = async (fetchFile: typeof fetch): Promise<Config | undefined> => {
  try {
    const response = await fetchFile("config.json", { cache: "no-cache" });
    const { endpoint } = (await response.json()) as { endpoint: string };
    return response.ok && /^wss?:$/.test(new URL(endpoint).protocol) ? { endpoint } : undefined;
  } catch {
    return undefined;
  }
};
