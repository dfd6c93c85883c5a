/**
 * The one error type of the program, for what the machine gets wrong. What a user gets wrong while searching
 * is a `Problem`, a value. `src/http/errors.ts` maps codes to HTTP, `src/main.ts` to exit codes.
 */
export type ErrorCode =
  | 'invalid'
  | 'not_found'
  | 'unsupported'
  | 'unavailable'
  | 'incompatible'
  | 'too_large'
  | 'internal';

/** The message is lower case, quotes the value, and says what was expected and what to do. */
export class LedeError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LedeError';
    this.code = code;
  }
}
