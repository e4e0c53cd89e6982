import * as v from "valibot";

/** The longest name of a room, in bytes of UTF-8. */
export const MAX_ROOM_BYTES = 128;

const hasControlCharacter = (text: string) => /\p{Cc}/u.test(text);

/** A room's name: 1 to 128 bytes of UTF-8 in Unicode normalization form C, without control characters. */
export const RoomName = v.pipe(
  v.string("A room's name is a string."),
  v.minLength(1, "A room's name is not empty."),
  v.check((name) => name.isWellFormed(), "A room's name is valid Unicode: it has a lone surrogate."),
  // What decoding puts in the place of bytes that are no UTF-8, for example in a query string.
  v.check((name) => !name.includes("\ufffd"), "A room's name is valid UTF-8: it has replacement characters."),
  v.check(
    (name) => Buffer.byteLength(name) <= MAX_ROOM_BYTES,
    `A room's name has at most ${MAX_ROOM_BYTES} bytes of UTF-8.`,
  ),
  v.check((name) => !hasControlCharacter(name), "A room's name has no control characters."),
  v.check((name) => name === name.normalize("NFC"), "A room's name is in Unicode normalization form C (NFC)."),
  v.metadata({
    description: `1 to ${MAX_ROOM_BYTES} bytes of UTF-8 in Unicode normalization form C, without control or replacement characters.`,
    // For JSON Schema, which counts characters: none takes less than a byte.
    maxLength: MAX_ROOM_BYTES,
  }),
);
