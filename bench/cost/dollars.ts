/** US dollars as a person reads them: cents, and below a cent two digits that are not 0. */
export const dollars = (value: number): string => {
  if (value > 0 && value < 0.01) return `$${Number(value.toPrecision(2))}`;
  return `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
};
