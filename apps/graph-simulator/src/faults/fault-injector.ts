import { faultSchema, type ActiveFault, type Fault, type FaultInput, type FaultKind, type FaultOf } from './fault.js';

/** What a fault may be limited to. Absent: the fault's scope does not apply to this occasion, so it does not hit. */
export interface Occasion {
  readonly path?: string;
  readonly method?: string;
  readonly group?: string;
  readonly subscription?: string;
  readonly tenant?: string;
  readonly clientId?: string;
}

/** The switched-on faults. Chance comes from `random`, so a seeded run repeats itself. */
export class FaultInjector {
  readonly #random: () => number;
  readonly #active = new Map<string, { fault: Fault; hits: number }>();
  #nextId = 1;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Returns the id to take it back with. */
  set(input: FaultInput): string {
    const fault = faultSchema.parse(input);
    if (fault.scope.path !== undefined) new RegExp(fault.scope.path);
    const id = `fault-${this.#nextId++}`;
    this.#active.set(id, { fault, hits: 0 });
    return id;
  }

  /** One fault by id, all of a kind, or all. */
  clear(which?: string): void {
    for (const [id, { fault }] of this.#active) {
      if (which === undefined || which === id || which === fault.kind) this.#active.delete(id);
    }
  }

  list(): ActiveFault[] {
    return [...this.#active].map(([id, { fault, hits }]) => ({ id, fault, hits }));
  }

  /** The first fault of this kind that hits here, or undefined. A hit counts against its `times`. */
  hit<K extends FaultKind>(kind: K, occasion: Occasion): FaultOf<K> | undefined {
    for (const [id, active] of this.#active) {
      if (!isOfKind(active.fault, kind) || !isInScope(active.fault, occasion)) continue;
      if (this.#random() >= active.fault.probability) continue;
      active.hits++;
      if (active.fault.times !== null && active.hits >= active.fault.times) this.#active.delete(id);
      return active.fault;
    }
    return undefined;
  }
}

function isOfKind<K extends FaultKind>(fault: Fault, kind: K): fault is FaultOf<K> {
  return fault.kind === kind;
}

function isInScope({ scope }: Fault, occasion: Occasion): boolean {
  const { path, ...exact } = scope;
  if (path !== undefined && !(occasion.path !== undefined && new RegExp(path, 'i').test(occasion.path))) return false;
  const wanted: Occasion = exact;
  return (Object.keys(exact) as (keyof typeof exact)[]).every((key) => {
    const value = wanted[key];
    return value === undefined || occasion[key]?.toLowerCase() === value.toLowerCase();
  });
}
