// Pictures of the review board for docs/, on the sample cohort: scripts/screenshots.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Rehearsal, cardOf, dragOver, launch, moves, openPage, root } from './rehearsal.mjs';

const folder = process.argv[2] ?? join(root, 'docs/images');
mkdirSync(folder, { recursive: true });
const browser = await launch();
const rehearsal = await Rehearsal.begin({ sandbox: true, rules: { min_size: 3 } });
try {
  const page = await openPage(browser, rehearsal.address, { viewport: { width: 1440, height: 980 } });
  const shot = (name, options = {}) => page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', ...options });
  const solve = async () => {
    const dialog = page.getByRole('dialog', { name: 'Solve' });
    await dialog.getByRole('button', { name: 'Solve' }).click();
    await dialog.getByRole('button', { name: /^Accept/ }).first().waitFor({ timeout: 60_000 });
    return dialog;
  };
  await page.getByRole('button', { name: 'Find groups' }).click();
  const dialog = await solve();
  await dialog.getByLabel('Largest group').fill('6');
  await dialog.getByRole('button', { name: 'Solve' }).click();
  await dialog.locator('[data-plan]').nth(1).waitFor({ timeout: 60_000 });
  await shot('solve');
  await dialog.locator('.plan.best').getByRole('button', { name: /^Accept/ }).click();
  await page.locator('.card').first().waitFor();
  await page.locator('.left-outs .chip').first().waitFor();
  await shot('board-light');

  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('board-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  const { possible } = await moves(page);
  await dragOver(page, possible);
  await cardOf(page, possible.to).locator('[data-verdict]').waitFor();
  await shot('drag');
  await page.keyboard.press('Escape');
  await page.mouse.up();

  const changing = page.locator('.card:has(.shift) .title');
  await ((await changing.count()) > 0 ? changing.first() : page.locator('.card .title').first()).click();
  await page.getByRole('dialog').locator('.starts button, p:has-text("There is none")').first().waitFor();
  await shot('group');
  await page.keyboard.press('Escape');

  await page.locator('[data-hour="66"]').click();
  await page.locator('.who .chip').first().waitFor();
  await page.locator('.heat').screenshot({ path: join(folder, 'heat.png'), animations: 'disabled' });

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('dialog').locator('.diff li').first().waitFor();
  await shot('publish');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 360, height: 780 });
  await page.evaluate(() => scrollTo(0, 0));
  await shot('phone');
  await page.setViewportSize({ width: 2560, height: 1300 });
  await shot('wide');
  if (page.troubles.length > 0) throw new Error(page.troubles.join('\n'));
} finally {
  await browser.close();
  await rehearsal.end();
}
