// Every view and dialog, light and dark, on a phone and on a very wide screen: axe finds nothing, nothing
// hangs over the edge. And what readers of other languages, and those who want no motion, get.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Rehearsal, axe, launch, openPage, overhang } from './rehearsal.mjs';

let browser;
let rehearsal;

before(async () => {
  browser = await launch();
  rehearsal = await Rehearsal.begin({ sandbox: true });
});

after(async () => {
  await browser?.close();
  await rehearsal?.end();
});

const looks = ['light', 'dark'].flatMap((colorScheme) => [360, 2560].map((width) => ({ colorScheme, width })));

const long = 'Maximiliane-Friederike-Hohenlohe-Langenburg-Weikersheim';
const everyKind = {
  cohort_name: 'Spring',
  blocked: true,
  steps: [
    { action: 'create', object: 'category', group: '', name: 'Spring', detail: 'hidden from everyone' },
    { action: 'update', object: 'scheduled event', group: 'Owls', name: 'Owls - Meeting 3', detail: '', changes: [{ field: 'start', before: '2027-03-15T15:00:00Z', after: '2027-03-22T15:00:00Z' }] },
    { action: 'grant', object: 'access', group: 'Owls', name: long, detail: 'to the text channel' },
    { action: 'withdraw', object: 'access', group: 'Owls', name: 'Dan', detail: 'from the text channel' },
    { action: 'delete', object: 'scheduled event', group: 'Larks', name: 'Larks - Meeting 5', detail: 'would have been on 2027-04-01T15:00:00Z' },
    { action: 'adopt', object: 'voice channel', group: 'Larks', name: 'Larks Voice', detail: 'an earlier run made it' },
  ],
  notes: [
    { kind: 'info', message: 'coming events: 3 on the server', mend: '' },
    { kind: 'drift', message: 'the text channel of Larks was deleted on Discord and is left so', mend: 'convene realize --restore makes it again' },
    { kind: 'shortfall', message: '2 meetings have begun already or past', mend: '' },
    { kind: 'blocker', message: `the bot lacks permissions on the server: ${long}`, mend: 'give them to the bot’s role' },
  ],
};

const noGroup = {
  plan_id: 9,
  stale: false,
  options: { min_size: null, max_size: null, use_if_needed: null, reform: false, seed: 0, time_limit_seconds: 30 },
  plan_status: 'optimal',
  objective: { placed: 0, if_needed: 0 },
  bound: { placed: 0, if_needed: 0 },
  placed: 0,
  pending: 1,
  elapsed_ms: 1,
  dissolved: 0,
  groups: [],
  additions: [],
  unassigned: [{ user_id: 1, name: 'Ana', reason: 'no_availability', detail: '' }],
  idle_facilitators: [],
  warnings: [],
};

/** The page as it stands, in every look. */
async function inspect(page, what) {
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const where = `${what}, ${colorScheme}, ${width} pixels`;
    assert.deepEqual(await axe(page), [], where);
    assert.ok((await overhang(page)) <= 0, `${where}: hangs over by ${await overhang(page)} pixels`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('axe finds nothing in any view or dialog, and nothing hangs over the edge', async (context) => {
  // Without motion: a colour half way between two themes is nobody's fault.
  const page = await openPage(browser, rehearsal.address, { reducedMotion: 'reduce' });
  const button = (name) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  // Each step begins where the one before it ended.
  let broken = false;
  const step = (name, run) =>
    context.test(name, { skip: broken }, async () => {
      broken = true;
      await run();
      broken = false;
    });

  await step('a cohort without groups', async () => {
    await button('Find groups').waitFor();
    await inspect(page, 'no groups');
  });
  await step('solving', async () => {
    await button('Find groups').click();
    await inspect(page, 'rules');
    await dialog.getByLabel('Show alternatives').check();
    await dialog.getByRole('button', { name: 'Solve' }).click();
    await dialog.locator('[data-plan]').nth(1).waitFor({ timeout: 120_000 });
    await inspect(page, 'plans');
    await dialog.getByRole('button', { name: /^Accept/ }).first().click();
  });
  await step('the board', async () => {
    await page.locator('.left-out').first().waitFor();
    await page.locator('[data-hour="66"]').click();
    await page.locator('.who .chip').first().waitFor();
    await inspect(page, 'board');
  });
  await step('carrying somebody', async () => {
    await page.locator('.card .chip.participant').first().focus();
    await page.keyboard.press('m');
    await page.locator('.card [data-verdict]').first().waitFor();
    await inspect(page, 'verdicts');
    await page.keyboard.press('Escape');
  });
  await step('a group', async () => {
    await page.locator('.card .title').first().click();
    await dialog.locator('.starts button, p:has-text("There is none")').first().waitFor();
    await inspect(page, 'group');
    await dialog.locator('[data-week="3"]').click();
    await inspect(page, 'a week to be left out');
    await dialog.getByLabel('Move this meeting alone').check();
    await inspect(page, 'a meeting to be moved');
    await dialog.locator('input[type="datetime-local"]').fill('2027-03-14T03:10');
    await dialog.getByRole('button', { name: 'Postpone', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await inspect(page, 'a refusal in a dialog');
    await page.keyboard.press('Escape');
  });
  await step('people with and without a group', async () => {
    for (const chip of ['.card .chip.participant', '.left-out .chip']) {
      await page.locator(chip).first().click();
      await dialog.locator('.fits li').first().waitFor({ state: 'attached' });
      for (const fold of await dialog.locator('summary').all()) await fold.click();
      await inspect(page, 'person');
      await page.keyboard.press('Escape');
    }
  });
  await step('history and links', async () => {
    await page.locator('.card .pin').first().click();
    await page.locator('.card .pin.on').first().waitFor();
    await button('History').click();
    await dialog.locator('.history li').first().waitFor();
    await inspect(page, 'history');
    await page.keyboard.press('Escape');
    await button('Share').click();
    await dialog.getByRole('button', { name: 'Make a read-only link' }).click();
    await dialog.getByLabel('Link').waitFor();
    await inspect(page, 'links');
    await page.keyboard.press('Escape');
  });
  await step('a shared board', async () => {
    await button('Share').click();
    await dialog.getByRole('button', { name: 'Make a read-only link' }).click();
    const guest = await openPage(browser, await dialog.getByLabel('Link').inputValue(), { reducedMotion: 'reduce' });
    await guest.locator('.card').first().waitFor();
    await inspect(guest, 'shared board');
    assert.deepEqual(guest.troubles, []);
    await guest.context().close();
    await page.keyboard.press('Escape');
  });
  await step('a plan with every kind of step and note', async () => {
    await page.route('**/realization', (route) => route.fulfill({ json: everyKind }));
    await button('Publish').click();
    await dialog.locator('.diff li').first().waitFor();
    for (const { action, name } of everyKind.steps) {
      const line = dialog.locator(`.diff li.${action}`);
      assert.match(await line.innerText(), new RegExp(name), action);
    }
    for (const { message } of everyKind.notes) assert.equal(await dialog.getByText(message).count(), 1, message);
    await dialog.locator('summary', { hasText: 'Good to know' }).click();
    assert.match(await dialog.locator('.totals').innerText(), /1 to create[^]*1 to change[^]*1 to let in[^]*1 to shut out[^]*1 to delete[^]*1 found again/);
    assert.equal(await dialog.getByRole('button', { name: /^Publish/ }).count(), 0, 'nothing is begun while something is in the way');
    await inspect(page, 'every kind of step');
    await page.unroute('**/realization');
    await dialog.getByRole('button', { name: 'Look again' }).click();
    await dialog.getByRole('button', { name: /^Publish \d+/ }).waitFor();
    await page.keyboard.press('Escape');
  });
  await step('publishing', async () => {
    await button('Publish').click();
    await dialog.locator('.diff li').first().waitFor();
    await inspect(page, 'plan of changes');
    await dialog.getByRole('button', { name: /^Publish \d+/ }).click();
    await dialog.locator('progress').waitFor();
    await inspect(page, 'progress');
    await dialog.locator('[data-published]').waitFor({ timeout: 180_000 });
    await inspect(page, 'published');
    await page.keyboard.press('Escape');
  });
  await step('a list of cohorts', async () => {
    rehearsal.convene('import', 'second.json');
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await page.locator('.cohorts li').nth(1).waitFor();
    await inspect(page, 'cohorts');
  });
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('names of any length and script stay in their place', async () => {
  const names = [
    'Maximiliane-Friederike von und zu Hohenlohe-Langenburg-Weikersheim',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller',
    'محمد عبد الرحمن بن عبد العزيز آل سعود',
    'שלמה בן־אברהם הכהן',
    '👩🏽‍💻 Ana 🦄 Participant with Emoji 🎉',
    '<b>O’Brien</b> & "Co"',
    '王',
  ];
  const unusual = await Rehearsal.begin({ names, sandbox: true });
  try {
    unusual.convene('schedule', '1');
    const page = await openPage(browser, unusual.address, { reducedMotion: 'reduce' });
    const dialog = page.getByRole('dialog');
    await page.locator('.left-out .cure').first().waitFor();
    await inspect(page, 'board of unusual names');
    const cut = await page.evaluate(() => [...document.querySelectorAll('.card .chip-note')].filter((note) => note.getBoundingClientRect().right > note.closest('.card').getBoundingClientRect().right).length);
    assert.equal(cut, 0, 'every local time can be read');
    await page.locator('.card .title').first().click();
    await dialog.locator('[data-week="3"]').click();
    await inspect(page, 'group of unusual names');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.locator('.diff li').first().waitFor();
    await inspect(page, 'plan of unusual names');
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  } finally {
    await unusual.end();
  }
});

test('a cohort in which no group can be formed says so, and one without people too', async () => {
  const page = await openPage(browser, `${rehearsal.address}#/cohorts/1`, { reducedMotion: 'reduce' });
  const dialog = page.getByRole('dialog');
  await page.route('**/cohorts/1/plans', async (route) => {
    const reply = await route.fetch();
    const told = await reply.json();
    told.plans = [noGroup];
    await route.fulfill({ json: told });
  });
  await page.getByRole('button', { name: 'Solve', exact: true }).click();
  await dialog.getByText('No group can be formed').waitFor();
  assert.equal(await dialog.getByRole('button', { name: /^Accept/ }).isDisabled(), true);
  await inspect(page, 'no group can be formed');
  await page.keyboard.press('Escape');
  await page.route('**/cohorts/1', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ json: { ...(await reply.json()), participants: 0, groups: [], waiting: [] } });
  });
  await page.reload();
  await page.getByText('Nobody has signed up yet.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Find groups' }).isDisabled(), true);
  await inspect(page, 'nobody has signed up');
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('axe finds nothing on the page that asks for a login', async () => {
  const guarded = await Rehearsal.begin({ serve: ['--login'] });
  try {
    const page = await openPage(browser, guarded.address.replace(/#.*/, ''), { reducedMotion: 'reduce' });
    await page.getByRole('heading', { name: 'The review board' }).waitFor();
    await inspect(page, 'login');
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  } finally {
    await guarded.end();
  }
});

test('times and dates are written as each reader’s locale does', async () => {
  const start = '2027-03-01';
  for (const locale of ['en-US', 'de-DE', 'ja-JP', 'ar-EG', 'fa-IR']) {
    const page = await openPage(browser, `${rehearsal.address}#/cohorts/1`, { locale, timezoneId: 'America/New_York' });
    await page.locator('.card').first().waitFor();
    const expected = await page.evaluate((day) => {
      const zone = 'America/New_York';
      const cohort = fetch('/api/v1/cohorts/1').then((reply) => reply.json());
      return cohort.then((board) => ({
        date: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day)),
        times: board.groups.map((group) =>
          new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone: zone }).format(new Date(group.meetings[0].start)),
        ),
      }));
    }, start);
    const shown = await page.locator('.card .when strong').allInnerTexts();
    assert.deepEqual([...shown].sort(), [...expected.times].sort(), locale);
    assert.match(await page.locator('.cohort').innerText(), new RegExp(expected.date.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), locale);
    const firstDay = await page.locator('.heat-table tbody th').first().innerText();
    if (locale === 'en-US') assert.equal(firstDay, 'Sun');
    if (locale === 'de-DE') assert.equal(firstDay, 'Mo');
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  }
});

test('whoever wants no motion gets none, and whoever uses no mouse gets past the bar at once', async () => {
  const page = await openPage(browser, `${rehearsal.address}#/cohorts/1`, { reducedMotion: 'reduce' });
  await page.locator('.card').first().waitFor();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).transitionDuration.split(', ').some((each) => parseFloat(each) > 0)).length,
  );
  assert.equal(moving, 0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'groups');
  assert.equal(await page.locator('.card').first().isVisible(), true);
  await page.context().close();
});
