/** The messages that failed: read one, replay one, discard one. */
export const settleDeadLetters =
  ({ address }) =>
  async ({ page, shoot }) => {
    const open = async (action) => {
      await page.goto(`${address}/dead-letters`);
      if (action === undefined) return;
      await page.getByRole('button', { name: action }).first().click();
    };
    await open();
    await shoot('dead-letters-filled');
    for (const [name, action] of [
      ['read', /^Read/],
      ['replay', /^Replay/],
      ['discard', /^Discard/],
    ]) {
      await open(action);
      await shoot(`dead-letters-${name}`);
    }
    await page.goto(address);
    await shoot('overview-dead-letters');
  };
