import type { JsonObject } from "../../json.ts";

/** What optimized integrations add to a service's answer about the HTTP response that carried it. */
export const responseMetadata = (requestId: string, headers: Readonly<Record<string, string>>): JsonObject => {
  const all = { ...headers, Connection: "keep-alive", "x-amzn-RequestId": requestId };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
      HttpHeaders: all,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
};
