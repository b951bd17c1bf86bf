/** Each page by its address. */
export const visit =
  (address, pages) =>
  async ({ page, shoot }) => {
    for (const [name, path] of pages) {
      await page.goto(`${address}${path}`);
      await shoot(name);
    }
  };
