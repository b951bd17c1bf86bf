import type { Administrator } from './administrators.js';

/** The page on which a simulated administrator is chosen. There is no password: it is one click, for people and for tests. */
export function signInHtml(
  tenant: { readonly displayName: string; readonly tenantId: string },
  applicationName: string,
  administrators: readonly Administrator[],
  query: URLSearchParams,
): string {
  const rows = administrators.map(
    ({ id, displayName, userPrincipalName, roles }) =>
      `<li><a href="${linkAs(query, id)}">${escapeHtml(displayName)}</a>` +
      ` <span class="quiet">${escapeHtml(userPrincipalName)} · ${escapeHtml(roles.join(', ') || 'no role')}</span></li>`,
  );
  return page(
    `Sign in · ${tenant.displayName}`,
    `<h2>Sign in to ${escapeHtml(applicationName)}</h2>
<p>Simulated Entra tenant ${escapeHtml(tenant.displayName)} <code>${escapeHtml(tenant.tenantId)}</code>. Choose who you are:</p>
<ul class="people">${rows.join('')}</ul>
<p><a href="${linkAs(query, 'nobody')}">Cancel</a></p>`,
  );
}

/** Shown in place of a redirect where the application is not known. */
export function refusalHtml(message: string): string {
  return page('Sign in', `<h2>Sorry, but we are having trouble signing you in.</h2><p>${escapeHtml(message)}</p>`);
}

function linkAs(query: URLSearchParams, as: string): string {
  const next = new URLSearchParams(query);
  next.set('as', as);
  return `?${escapeHtml(next.toString())}`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/page.css"></head>
<body><main><section>${body}</section></main></body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
