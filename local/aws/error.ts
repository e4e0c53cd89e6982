/** An error as an AWS service answers it: the name (`ResourceNotFoundException`), a sentence, the HTTP status. */
export class AwsError extends Error {
  override readonly name: string;
  /** HTTP status code. */
  readonly status: number;
  /** Further members that the service's model gives this error. */
  readonly details: Readonly<Record<string, string>>;

  constructor(name: string, message: string, status = 400, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}
