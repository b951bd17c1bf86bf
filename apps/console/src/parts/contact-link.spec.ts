import { describe, expect, it } from 'vitest';
import { contactLink } from './contact-link.js';

describe('the link to whoever helps', () => {
  it('is a mail that names the code and the correlation id', () => {
    expect(contactLink('it@contoso.example', 'SECRET_EXPIRED', 'abc')).toBe(
      'mailto:it%40contoso.example?subject=Rollcall%3A%20SECRET_EXPIRED&body=Correlation%20id%20abc',
    );
  });

  it('is the page that was named, and nothing that a browser would run', () => {
    expect(contactLink('https://help.contoso.example/rollcall', 'X', null)).toBe('https://help.contoso.example/rollcall');
    for (const contact of ['+44 20 7946 0000', 'javascript:alert(1)']) expect(contactLink(contact, 'X', null)).toBeNull();
  });
});
