/** Checks of what an admin pastes, before any request: they name the mistake, not the format. Pure. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (text: string): boolean => GUID.test(text.trim());

/** Null where the text can be a client secret's Value. */
export function checkSecret(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'Paste the Value of the client secret.';
  if (isGuid(trimmed))
    return 'This is the Secret ID, not the Value. Entra shows the Value only once: make a new client secret if it is gone.';
  if (/^[*•]+$/.test(trimmed))
    return 'These are only the dots that hide the value. Use the copy button beside the Value in Entra.';
  return null;
}

export function checkId(text: string, name: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return `Paste the ${name}.`;
  if (isGuid(trimmed)) return null;
  return `The ${name} looks like 00000000-0000-0000-0000-000000000000; this does not.`;
}

/** Both ids are told apart only by where they stand in Entra; the same one twice is a paste that went wrong. */
export function checkIdPair(tenantId: string, clientId: string): string | null {
  if (!isGuid(tenantId) || !isGuid(clientId)) return null;
  if (tenantId.trim().toLowerCase() !== clientId.trim().toLowerCase()) return null;
  return 'Both ids are the same. The Overview page shows them one under the other: copy each from its own line.';
}

/** Object ids and names, separated by commas, semicolons or lines; ids by spaces too, since names may hold spaces. Each once. */
export function splitGroupEntries(text: string): string[] {
  const entries = text
    .split(/[,;\n\r\t]+/)
    .flatMap((part) => {
      const words = part.trim().split(/\s+/);
      return words.every(isGuid) ? words : [part.trim()];
    })
    .filter((entry) => entry !== '')
    .map((entry) => (isGuid(entry) ? entry.toLowerCase() : entry));
  return [...new Set(entries)];
}
