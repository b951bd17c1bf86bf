import type { ProblemCode, RetryAdvice } from '#contracts';

/** The tenant and application are connected already; the id is given only inside the same organisation. */
export class ConnectionExistsError extends Error {
  readonly code: ProblemCode = 'CONNECTION_EXISTS';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly tenantId: string,
    readonly clientId: string,
    readonly connectionId: string | null,
  ) {
    super(`application ${clientId} of tenant ${tenantId} is connected already`);
    this.name = 'ConnectionExistsError';
  }
}

/** No such connection in the actor's organisation; an id of another organisation is indistinguishable from none. */
export class ConnectionNotFoundError extends Error {
  readonly code: ProblemCode = 'NOT_FOUND';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly connectionId: string) {
    super(`there is no connection ${connectionId}`);
    this.name = 'ConnectionNotFoundError';
  }
}

export class ConnectionStateError extends Error {
  readonly code: ProblemCode = 'CONFLICT';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly connectionId: string,
    readonly state: string,
    readonly wanted: string,
  ) {
    super(`connection ${connectionId} is ${state}, so it cannot become ${wanted}`);
    this.name = 'ConnectionStateError';
  }
}

/** Somebody else changed the connection since the caller read it. */
export class ConnectionChangedError extends Error {
  readonly code: ProblemCode = 'PRECONDITION_FAILED';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly connectionId: string,
    readonly expectedVersion: number,
    readonly version: number,
  ) {
    super(`connection ${connectionId} is at version ${version}, not ${expectedVersion}`);
    this.name = 'ConnectionChangedError';
  }
}

export interface FieldIssue {
  /** Dotted, such as `settings.guard.maxRemovals`. */
  readonly field: string;
  readonly message: string;
}

export class SettingsInvalidError extends Error {
  readonly code: ProblemCode = 'VALIDATION_FAILED';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly issues: readonly FieldIssue[]) {
    super(issues.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.name = 'SettingsInvalidError';
  }
}

/** Settings whose engine is not there yet are refused, never stored and ignored. */
export class SettingNotAvailableError extends Error {
  readonly code: ProblemCode = 'SETTING_NOT_AVAILABLE';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly settings: readonly string[]) {
    super(`not available yet: ${settings.join(', ')}`);
    this.name = 'SettingNotAvailableError';
  }
}

/** A sealed text that none of the keys opens: another key, another connection or field, or tampering. */
export class SealBrokenError extends Error {
  readonly code = 'SEAL_BROKEN';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly field: string,
    options?: ErrorOptions,
  ) {
    super(`the sealed ${field} cannot be opened with the keys of SECRETS_KEY`, options);
    this.name = 'SealBrokenError';
  }
}

/** SECRETS_KEY is not a list of base64 texts of 32 bytes; the message never repeats the text. */
export class SecretsKeyError extends Error {
  readonly code = 'SECRETS_KEY_INVALID';
  readonly retry: RetryAdvice = 'never';
  constructor(message: string) {
    super(message);
    this.name = 'SecretsKeyError';
  }
}

/** The connection has no credential: it was disconnected. */
export class CredentialMissingError extends Error {
  readonly code: ProblemCode = 'SECRET_INVALID';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly connectionId: string) {
    super(`connection ${connectionId} has no credential`);
    this.name = 'CredentialMissingError';
  }
}

/** An identity provider vouches for the member's address, so it is changed there. */
export class AddressProvenError extends Error {
  readonly code: ProblemCode = 'CONFLICT';
  readonly retry: RetryAdvice = 'never';
  constructor() {
    super('your mail address comes from your identity provider: change it there, and sign in again');
    this.name = 'AddressProvenError';
  }
}

/** One address belongs to one member of an organisation. */
export class AddressInUseError extends Error {
  readonly code: ProblemCode = 'CONFLICT';
  readonly retry: RetryAdvice = 'never';
  constructor() {
    super('another member of the organisation has this mail address');
    this.name = 'AddressInUseError';
  }
}

export class IdempotencyKeyReusedError extends Error {
  readonly code: ProblemCode = 'IDEMPOTENCY_KEY_REUSED';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly key: string) {
    super('this idempotency key was used for a request with another content');
    this.name = 'IdempotencyKeyReusedError';
  }
}

/**
 * The secret has expired, and the one token request of this minute is taken. Nothing was asked of Entra; a new secret ends the rest
 * at once.
 */
export class CredentialRestingError extends Error {
  readonly code: ProblemCode = 'SECRET_EXPIRED';
  readonly retry: RetryAdvice;
  constructor(
    readonly connectionId: string,
    readonly afterMs: number,
  ) {
    super(`the client secret of connection ${connectionId} has expired; it is tried once a minute`);
    this.name = 'CredentialRestingError';
    this.retry = { afterMs };
  }
}
