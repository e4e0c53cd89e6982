const MAX_FILE_BYTES = 1024 * 1024;

/** The text of a file that was dropped; undefined if it is none, or too large to be sent in any way. */
export const droppedText = async (file: File): Promise<string | undefined> => {
  if (file.size > MAX_FILE_BYTES) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return undefined;
  }
};
