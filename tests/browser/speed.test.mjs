// A cohort of 1,000 people: how soon the page is usable, and how soon a verdict appears while dragging.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Rehearsal, launch, openPage, promised } from './rehearsal.mjs';

let browser;
let rehearsal;

before(async () => {
  browser = await launch();
  rehearsal = await Rehearsal.begin({ cohort: 'tests/data/instances/1000.cohort.json' });
  rehearsal.convene('schedule', '1');
});

after(async () => {
  await browser?.close();
  await rehearsal?.end();
});

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

test('with 1,000 people the page is usable and every card on the board says its verdict', async (context) => {
  const page = await openPage(browser, rehearsal.address);
  await page.locator('.card').first().waitFor();
  const loads = [];
  for (let i = 0; i < 3; ++i) {
    await page.reload();
    await page.locator('.card').first().waitFor();
    loads.push(await page.waitForFunction(() => performance.getEntriesByName('board-shown').at(-1)?.startTime).then((mark) => mark.jsonValue()));
  }
  const groups = await page.locator('.card').count();

  // From the movement that picks somebody up to the frame in which every card on the screen says its
  // verdict, and to the one in which every card does.
  await page.evaluate(() => {
    window.shown = [];
    window.complete = [];
    let begun = 0;
    let down = false;
    addEventListener('pointerdown', () => (down = true), true);
    addEventListener(
      'pointermove',
      () => {
        if (!down || begun) return;
        begun = performance.now();
        const cards = [...document.querySelectorAll('.card')];
        const onScreen = cards.filter((card) => {
          const { top, bottom } = card.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        });
        const says = (card) => card.querySelector('[data-verdict]') !== null;
        const look = (wanted, told) => {
          if (wanted.every(says)) told.push(performance.now() - begun);
          else requestAnimationFrame(() => look(wanted, told));
        };
        requestAnimationFrame(() => look(onScreen, window.shown));
        requestAnimationFrame(() => look(cards, window.complete));
      },
      true,
    );
    addEventListener(
      'pointerup',
      () => {
        down = false;
        begun = 0;
      },
      true,
    );
  });
  const preloads = [];
  for (let i = 0; i < 24; ++i) {
    const chip = page.locator('.card .chip.participant').nth(i * 7);
    await chip.scrollIntoViewIfNeeded();
    const begun = performance.now();
    const answered = page.waitForResponse((response) => response.url().includes('/verdicts'));
    await chip.hover();
    await answered;
    preloads.push(performance.now() - begun);
    const box = await chip.boundingBox();
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 30, { steps: 2 });
    await page.waitForFunction((count) => window.complete.length > count, i);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.mouse.move(2, 2);
  }
  const { shown, complete } = await page.evaluate(() => ({ shown: window.shown, complete: window.complete }));
  const told = { groups, load_ms: Math.max(...loads).toFixed(0), verdict_p50_ms: percentile(shown, 0.5).toFixed(1), verdict_p95_ms: percentile(shown, 0.95).toFixed(1), every_card_p95_ms: percentile(complete, 0.95).toFixed(1), table_p95_ms: percentile(preloads, 0.95).toFixed(0) };
  context.diagnostic(JSON.stringify(told));
  console.log(JSON.stringify(told));
  assert.equal(complete.length, 24);
  if (promised) {
    assert.ok(Math.max(...loads) < 1000, `usable after ${told.load_ms} ms`);
    assert.ok(percentile(shown, 0.95) < 50, `verdicts after ${told.verdict_p95_ms} ms`);
  }
  assert.deepEqual(page.troubles, []);
});
