import type { Behaviours } from '../faults/behaviours.js';

export type EndpointState = 'normal' | 'slow' | 'drop';

interface Answer {
  readonly at: number;
  readonly tookMs: number;
}

/**
 * How quickly one endpoint answers. Too many slow answers in the window delay what is new by a window; too many beyond the
 * retry limit drop it, without a word, for as long.
 */
export class EndpointHealth {
  #answers: Answer[] = [];
  #state: EndpointState = 'normal';
  #until = 0;

  record(at: number, tookMs: number, behaviours: Behaviours): void {
    this.#answers = this.#answers.filter((answer) => answer.at > at - behaviours.endpointWindowMs);
    this.#answers.push({ at, tookMs });
    if (this.#answers.length < behaviours.endpointMinimumAnswers) return;
    const share = (limit: number): number =>
      this.#answers.filter((answer) => answer.tookMs > limit).length / this.#answers.length;
    const next =
      share(behaviours.retryTimeoutMs) > behaviours.dropShare
        ? 'drop'
        : share(behaviours.firstAttemptTimeoutMs) > behaviours.slowShare
          ? 'slow'
          : 'normal';
    if (next !== 'normal') this.#until = at + behaviours.endpointWindowMs;
    this.#state = next;
  }

  /** After the window the endpoint is tried again as if nothing had been. */
  state(now: number): EndpointState {
    if (this.#state !== 'normal' && now >= this.#until) {
      this.#state = 'normal';
      this.#answers = [];
    }
    return this.#state;
  }
}
