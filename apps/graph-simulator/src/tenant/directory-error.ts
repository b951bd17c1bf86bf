export type DirectoryErrorCode = 'NOT_FOUND' | 'ALREADY_MEMBER' | 'NOT_A_MEMBER' | 'NAME_TAKEN' | 'INVALID';

/** A change that the directory refuses. Nothing of it was done; trying the same again changes nothing. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly retry = { kind: 'never' } as const;

  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
  ) {
    super(message);
  }
}
