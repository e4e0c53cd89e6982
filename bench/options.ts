/** The value of an option that counts something. @throws Error for what is not a whole number from 1 */
export const count = (option: string, text: string): number => {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`${option} is a whole number from 1, not ${JSON.stringify(text)}`);
};
