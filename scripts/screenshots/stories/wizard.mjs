/** What somebody does in the wizard, as each story of it needs it. */
export function wizardOn(page) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const field = (name) => page.getByRole('textbox', { name });
  return {
    button,
    field,
    secret: page.getByLabel('Client secret (Value)'),
    says: (text) => page.getByText(text).first().waitFor(),
    fillIds: async (clientId, tenantId) => {
      await field('Application (client) ID').fill(clientId);
      await field('Directory (tenant) ID').fill(tenantId);
    },
    /** Groups by ids or names, as they are pasted. */
    add: async (text) => {
      await field('Object ids or exact names').fill(text);
      await button('Add').click();
    },
    next: async (title) => {
      await button('Next').click();
      await page.getByRole('heading', { name: title, level: 2 }).waitFor();
    },
  };
}

/** As a date field takes it. */
export function inHalfAYear() {
  return new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
}
