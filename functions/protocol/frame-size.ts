/** API Gateway's limit of a frame, in bytes. */
export const FRAME_BYTES = 32 * 1024;

/** What a frame has beside its lists: the room's name at its longest, `epoch`, `ref`, and the names of the fields. */
export const ENVELOPE_BYTES = 1024;

/**
 * As many of the items, from the first, as fit into `bytes` of JSON with a comma behind each.
 * @param shown what the frame has of an item
 */
export const fitting = <Item>(
  items: readonly Item[],
  bytes: number,
  shown: (item: Item) => unknown = (item) => item,
): readonly Item[] => {
  let left = bytes;
  const end = items.findIndex((item) => {
    left -= Buffer.byteLength(JSON.stringify(shown(item))) + 1;
    return left < 0;
  });
  return end < 0 ? items : items.slice(0, end);
};
