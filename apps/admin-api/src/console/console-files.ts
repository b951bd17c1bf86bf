import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built console: `dist/console`, beside the built apps. */
const BUILT = fileURLToPath(new URL('../../../../console', import.meta.url));

const META = '<meta name="csp-nonce" content="" />';

/** The files of the console, or null where it was not built (tests run from the sources). */
export class ConsoleFiles {
  private constructor(
    readonly folder: string,
    private readonly page: string,
  ) {}

  static open(folder: string = BUILT): ConsoleFiles | null {
    const index = join(folder, 'index.html');
    if (!existsSync(index)) return null;
    const page = readFileSync(index, 'utf8');
    if (!page.includes(META)) throw new Error(`${index} has no place for the nonce of its styles`);
    return new ConsoleFiles(folder, page);
  }

  /** The page, with the nonce under which its script writes styles. */
  pageFor(nonce: string): string {
    return this.page.replace(META, `<meta name="csp-nonce" content="${nonce}" />`);
  }
}
