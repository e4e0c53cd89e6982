/** An environment variable that the function cannot do without. @throws Error naming the variable that is missing */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set. The CDK app in infra/ sets it.`);
  return value;
};

/** Like `required`, for a whole number above 0. */
export const requiredNumber = (name: string): number => {
  const value = Number(required(name));
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`The environment variable ${name} is "${process.env[name]}", not a whole number above 0.`);
  return value;
};

/** Like `required`, for a share of 100. */
export const requiredPercent = (name: string): number => {
  const value = Number(required(name));
  if (!(value >= 0 && value <= 100))
    throw new Error(`The environment variable ${name} is "${process.env[name]}", not a number from 0 to 100.`);
  return value;
};

/** An environment variable that is set only where the deployment has what it is about. */
export const optional = (name: string): string | undefined => process.env[name] || undefined;

/** The same, of several texts with commas between. */
export const list = (name: string): readonly string[] | undefined => optional(name)?.split(",");
