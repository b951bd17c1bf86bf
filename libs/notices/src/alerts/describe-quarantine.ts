import { pageLinks } from '../page-links.js';
import { causes } from './causes.js';
import type { Raise } from './occurrence.js';
import { codeFacts, problemSentences } from './problem-sentences.js';

const SECRET_CODES = ['SECRET_EXPIRED', 'SECRET_INVALID'];
const ACCESS_CODES = [...SECRET_CODES, 'CONSENT_MISSING', 'APP_NOT_FOUND', 'APP_DISABLED', 'TENANT_NOT_FOUND', 'ACCESS_BLOCKED'];

/**
 * A quarantine is told by what caused it: a refused secret belongs to the alert about the secret, missing consent has a kind of its
 * own. Losing access breaks quiet hours. A new code within the same quarantine is a new stage of the same alert.
 */
export function decideQuarantine(
  connectionId: string,
  { code, message }: { readonly code: string | null; readonly message?: string | null | undefined },
  connectionName: string,
): Pick<Raise, 'kind' | 'cause' | 'member' | 'stage' | 'isUrgent' | 'content'> {
  const sentences = problemSentences(code, message);
  const isSaid = sentences.some((sentence) => sentence.includes('Nobody is removed'));
  const content = (title: string): Raise['content'] => ({
    title,
    sentences: isSaid ? sentences : [...sentences, 'Nobody is removed meanwhile; it is tried again by itself.'],
    facts: codeFacts(code),
    links: [pageLinks.connection(connectionId)],
  });
  const stage = code ?? 'unknown';
  const isUrgent = code !== null && ACCESS_CODES.includes(code);
  if (code !== null && SECRET_CODES.includes(code)) {
    const title = `Entra refuses the client secret of ${connectionName}`;
    const links = [pageLinks.credential(connectionId)];
    const cause = causes.credential(connectionId);
    // The same word as for its date: whoever was told that the secret has expired is not told again when Entra says so.
    const told = code === 'SECRET_EXPIRED' ? 'expired' : stage;
    return { kind: 'credentialEnding', cause, member: 'refused', stage: told, isUrgent, content: { ...content(title), links } };
  }
  const cause = causes.quarantine(connectionId);
  if (code === 'CONSENT_MISSING') {
    const title = `${connectionName} has lost a permission in Entra`;
    return { kind: 'consentLost', cause, member: '', stage, isUrgent, content: content(title) };
  }
  return { kind: 'quarantined', cause, member: '', stage, isUrgent, content: content(`${connectionName} is quarantined`) };
}
