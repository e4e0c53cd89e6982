import { useId } from "preact/hooks";

interface Props<T extends string> {
  name: string;
  options: readonly { readonly value: T; readonly label: string; readonly count?: string | undefined }[];
  value: T;
  onChange(value: T): void;
}

/** One of a few, as a row of radio buttons that look like one control. */
export const Choice = <T extends string>({ name, options, value, onChange }: Props<T>) => {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend class="unseen">{name}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={group} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            {option.label} {option.count !== undefined && <span class="many">{option.count}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};
