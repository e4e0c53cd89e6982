/** An error in the words of Lambda's own, for a log entry's details; an `Error` as it is would be an empty JSON object. */
export const errorDetails = (error: unknown) => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { errorType: name, errorMessage: message, stack };
};
