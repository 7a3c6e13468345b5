// Pictures of the review board for docs/, on the sample cohort: scripts/screenshots.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Rehearsal, cardOf, chipOf, dragOver, launch, moves, openPage, root } from './rehearsal.mjs';

const folder = process.argv[2] ?? join(root, 'docs/images');
mkdirSync(folder, { recursive: true });
const browser = await launch();
const rehearsal = await Rehearsal.begin({ sandbox: true, rules: { min_size: 3 } }); // smaller groups leave room to move
try {
  const page = await openPage(browser, rehearsal.address, { viewport: { width: 1440, height: 940 } });
  const dialog = page.getByRole('dialog');
  const shot = async (name, of = page) => {
    await page.mouse.move(2, 2);
    await page.evaluate(() => document.fonts.ready);
    await of.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  };

  await page.getByRole('button', { name: 'Find groups' }).waitFor();
  await shot('first-steps');
  await page.getByRole('button', { name: 'Find groups' }).click();
  await dialog.getByLabel('Show alternatives').check();
  await dialog.getByRole('button', { name: 'Solve', exact: true }).click();
  await dialog.locator('[data-plan]').nth(2).waitFor({ timeout: 120_000 });
  await shot('solve');
  await dialog.getByRole('button', { name: /^Accept/ }).first().click();
  await page.locator('.cures').waitFor(); // the reasons are there
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await shot('board-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('board-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  const { possible } = await moves(page);
  await dragOver(page, possible);
  await cardOf(page, possible.to).locator('[data-verdict]').waitFor();
  await page.screenshot({ path: join(folder, 'drag.png'), animations: 'disabled' });
  await page.keyboard.press('Escape');
  await page.mouse.up();

  const changing = page.locator('.card:has(.shifted) .title');
  await ((await changing.count()) > 0 ? changing.first() : page.locator('.card .title').first()).click();
  await dialog.locator('.starts button, p:has-text("There is none")').first().waitFor();
  await dialog.locator('[data-week="3"]').click();
  await shot('group');
  await page.keyboard.press('Escape');

  await page.locator('[data-hour="66"]').click();
  await page.locator('.who .chip').first().waitFor();
  await shot('heat', page.locator('.heat'));

  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.locator('.diff li').first().waitFor();
  await shot('publish');
  await dialog.getByRole('button', { name: /^Publish \d+/ }).click();
  await dialog.locator('[data-published="done"]').waitFor({ timeout: 180_000 });
  await page.keyboard.press('Escape');

  // What comes after: somebody moves, a week is left out.
  await chipOf(page, possible).focus();
  await page.keyboard.press('m');
  await cardOf(page, possible.to).getByRole('button', { name: /^Move here/ }).click();
  await cardOf(page, possible.to).locator(`[data-person="${possible.person}"]`).waitFor();
  await cardOf(page, possible.to).locator('.title').click();
  await dialog.locator('[data-week="4"]').click();
  await dialog.getByRole('button', { name: 'Postpone', exact: true }).click();
  await dialog.locator('.notice').waitFor();
  const anyway = dialog.getByRole('button', { name: 'Do it anyway' });
  if ((await anyway.count()) > 0) await anyway.click();
  await dialog.locator('.strip .tag', { hasText: 'moved' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.locator('.diff li').first().waitFor();
  await shot('changes');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 360, height: 780 });
  await page.evaluate(() => scrollTo(0, 0));
  await shot('phone');
  await page.evaluate(() => document.activeElement.blur());
  await page.setViewportSize({ width: 2560, height: 1300 });
  await shot('wide');
  if (page.troubles.length > 0) throw new Error(page.troubles.join('\n'));
} finally {
  await browser.close();
  await rehearsal.end();
}
