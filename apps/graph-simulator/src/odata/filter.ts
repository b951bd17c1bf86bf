import { badRequest } from '../http/graph-error.js';

export type Literal = string | number | boolean | null;

/** A `$filter` expression as a tree. `path` is a property, or `onPremisesExtensionAttributes/extensionAttribute1`. */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'not'; readonly operand: Filter }
  | { readonly op: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'; readonly path: string; readonly value: Literal }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly Literal[] }
  | { readonly op: 'startsWith' | 'endsWith'; readonly path: string; readonly value: string }
  | { readonly op: 'any'; readonly path: string; readonly compare: 'eq' | 'startsWith'; readonly value: string };

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z_@][A-Za-z0-9_.@/]*)|(-?\d[\w.:+-]*)|([(),:]))/y;

/** Reads the part of OData that the directory understands; anything else is its 400. */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(tokenise(text));
  const filter = parser.or();
  parser.end();
  return filter;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

class FilterParser {
  #at = 0;
  constructor(private readonly tokens: readonly string[]) {}

  or(): Filter {
    let left = this.#and();
    while (this.#takeWord('or')) left = { op: 'or', left, right: this.#and() };
    return left;
  }

  end(): void {
    if (this.#at < this.tokens.length) throw this.#fault();
  }

  #and(): Filter {
    let left = this.#not();
    while (this.#takeWord('and')) left = { op: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Filter {
    if (this.#takeWord('not')) return { op: 'not', operand: this.#not() };
    if (this.#take('(')) {
      const inner = this.or();
      this.#expect(')');
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Filter {
    const word = this.#name();
    const lower = word.toLowerCase();
    if ((lower === 'startswith' || lower === 'endswith') && this.#take('(')) {
      const path = this.#name();
      this.#expect(',');
      const value = this.#text();
      this.#expect(')');
      return { op: lower === 'startswith' ? 'startsWith' : 'endsWith', path, value };
    }
    if (word.endsWith('/any')) return this.#lambda(word.slice(0, -'/any'.length));
    const operator = this.#name().toLowerCase();
    if (operator === 'in') return { op: 'in', path: word, values: this.#list() };
    if (!isComparison(operator)) throw this.#fault();
    return { op: operator, path: word, value: this.#literal() };
  }

  /** `any(x:x eq 'v')` and `any(x:startsWith(x,'v'))`, which is all that the directory takes. */
  #lambda(path: string): Filter {
    this.#expect('(');
    const variable = this.#name();
    this.#expect(':');
    const inner = this.#comparison();
    this.#expect(')');
    const onVariable =
      (inner.op === 'eq' || inner.op === 'startsWith') && (inner.path === variable || inner.path.startsWith(`${variable}/`));
    if (!onVariable || typeof inner.value !== 'string') throw this.#fault();
    return { op: 'any', path: path + inner.path.slice(variable.length), compare: inner.op, value: inner.value };
  }

  #list(): Literal[] {
    this.#expect('(');
    const values = [this.#literal()];
    while (this.#take(',')) values.push(this.#literal());
    this.#expect(')');
    return values;
  }

  #literal(): Literal {
    const token = this.tokens[this.#at++];
    if (token === undefined) throw this.#fault();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    if (/^\d/.test(token)) return token;
    throw this.#fault();
  }

  #text(): string {
    const literal = this.#literal();
    if (typeof literal !== 'string') throw this.#fault();
    return literal;
  }

  #name(): string {
    const token = this.tokens[this.#at++];
    if (token === undefined || !/^[A-Za-z_@]/.test(token)) throw this.#fault();
    return token;
  }

  #takeWord(word: string): boolean {
    return this.tokens[this.#at]?.toLowerCase() === word ? this.#step() : false;
  }

  #take(sign: string): boolean {
    return this.tokens[this.#at] === sign ? this.#step() : false;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#fault();
  }

  #step(): true {
    this.#at++;
    return true;
  }

  #fault(): Error {
    return badRequest(`Invalid filter clause: Syntax error near '${this.tokens[this.#at - 1] ?? ''}'.`);
  }
}

function isComparison(word: string): word is 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' {
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(word);
}
