/** The headers of an upgrade, as API Gateway hands them over: with the names as the client wrote them. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** A header's value, whichever way its name is written. */
export const headerOf = (headers: Headers | null | undefined, name: string): string | undefined => {
  const written = Object.keys(headers ?? {}).find((key) => key.toLowerCase() === name);
  return written === undefined ? undefined : headers?.[written];
};
