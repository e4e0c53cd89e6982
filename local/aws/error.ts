/** An error as an AWS service answers it: the name (`ResourceNotFoundException`), a sentence, the HTTP status. */
export class AwsError extends Error {
  override readonly name: string;
  /** HTTP status code. */
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
