/** A page of members: `next` is the ticket to continue after, or null when there are no more. */
export interface TicketPage {
  readonly handles: number[];
  readonly next: number | null;
}

const GONE = -1;

/**
 * The members of one group in the order they joined. Each joining draws a ticket, so a page can go on after a ticket
 * whatever joined or left in between, and a page of 999 costs the same in a group of a hundred thousand.
 */
export class Membership {
  #handles: number[] = [];
  #tickets: number[] = [];
  #ticketOf = new Map<number, number>();
  #nextTicket = 1;

  get size(): number {
    return this.#ticketOf.size;
  }

  has(handle: number): boolean {
    return this.#ticketOf.has(handle);
  }

  add(handle: number): void {
    if (this.#ticketOf.has(handle)) return;
    const ticket = this.#nextTicket++;
    this.#ticketOf.set(handle, ticket);
    this.#handles.push(handle);
    this.#tickets.push(ticket);
  }

  remove(handle: number): void {
    const ticket = this.#ticketOf.get(handle);
    if (ticket === undefined) return;
    this.#ticketOf.delete(handle);
    this.#handles[this.#indexAfter(ticket - 1)] = GONE;
    if (this.#handles.length > 1024 && this.#handles.length > 2 * this.#ticketOf.size) this.#compact();
  }

  /** Up to `limit` members whose ticket is greater than `after` and whom `accept` lets through. */
  page(after: number, limit: number, accept: (handle: number) => boolean): TicketPage {
    const handles: number[] = [];
    for (let index = this.#indexAfter(after); index < this.#handles.length; index++) {
      const handle = this.#handles[index] ?? GONE;
      if (handle === GONE || !accept(handle)) continue;
      if (handles.length === limit) return { handles, next: (this.#tickets[index] ?? 0) - 1 };
      handles.push(handle);
    }
    return { handles, next: null };
  }

  /** In the order of joining. */
  handles(): IterableIterator<number> {
    return this.#ticketOf.keys();
  }

  #indexAfter(ticket: number): number {
    let low = 0;
    let high = this.#tickets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#tickets[middle] ?? 0) <= ticket) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compact(): void {
    this.#handles = [...this.#ticketOf.keys()];
    this.#tickets = [...this.#ticketOf.values()];
  }
}
