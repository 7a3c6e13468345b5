// As a new organiser would try it: start the demo, open the address it prints, and publish, clicking on
// nothing but what the page itself puts forward.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { launch, openPage, program } from './rehearsal.mjs';

let browser;
let demo;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  demo?.kill('SIGKILL');
});

async function printedAddress(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/http:\/\/\S+/);
    if (address) return address[0];
  }
  throw new Error('the demo printed no address');
}

test('the sample cohort is published from the printed address, well within five minutes', async () => {
  const begun = performance.now();
  demo = spawn(program, ['demo', '--board'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  const page = await openPage(browser, await printedAddress(demo));
  const folder = `/proc/${demo.pid}/cwd`;
  assert.ok(existsSync(folder));

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Find groups' }).click();
  await dialog.getByRole('button', { name: 'Solve' }).click();
  await dialog.getByRole('button', { name: /^Accept/ }).first().click({ timeout: 120_000 });
  await page.getByText('publish them when they are good').waitFor();
  await page.locator('button.primary', { hasText: 'Publish' }).click();
  await dialog.getByText('nothing here reaches Discord').waitFor();
  await dialog.locator('button.primary').click();
  await dialog.locator('[data-published="done"]').waitFor({ timeout: 200_000 });
  await dialog.getByRole('button', { name: 'Back to the board' }).click();
  await page.locator('.card .tag', { hasText: 'on Discord' }).first().waitFor();
  const groups = await page.locator('.card').count();
  assert.equal(await page.locator('.card .tag', { hasText: 'on Discord' }).count(), groups);
  assert.ok(performance.now() - begun < 5 * 60_000);
  assert.deepEqual(page.troubles, []);

  demo.kill('SIGINT');
  assert.equal(await ended, 0);
});
