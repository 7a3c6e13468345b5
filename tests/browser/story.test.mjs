// The whole story in a browser: from sign-ups to a published server, with mistakes taken back on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Rehearsal, ask, cardOf, chipOf, dragOver, launch, moves, openPage } from './rehearsal.mjs';

let browser;
let rehearsal;
let page;

before(async () => {
  browser = await launch();
  rehearsal = await Rehearsal.begin({ sandbox: true, rules: { min_size: 3 } });  // smaller groups leave room to move
  page = await openPage(browser, rehearsal.address);
});

after(async () => {
  await browser?.close();
  await rehearsal?.end();
});

const groupOf = (move) => page.locator(`.card:has([data-person="${move.person}"])`);

test('an imported cohort is solved and the plan accepted', async () => {
  await page.getByRole('button', { name: 'Find groups' }).click();
  const dialog = page.getByRole('dialog', { name: 'Find groups' });
  await dialog.getByRole('button', { name: 'Solve' }).click();
  await dialog.getByText('proven best').waitFor({ timeout: 60_000 });
  assert.match(await dialog.locator('figcaption').innerText(), /no plan places more/);
  await dialog.getByRole('button', { name: /^Accept/ }).click();
  await page.locator('.card').first().waitFor();
  assert.ok((await page.locator('.card').count()) > 5);
});

test('an accepted plan is undone and done again as a whole', async () => {
  const groups = await page.locator('.card').count();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'No groups yet' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.locator('.card').first().waitFor();
  assert.equal(await page.locator('.card').count(), groups);
});

test('plans stand side by side, and the times that only one of them has stand out', async () => {
  await page.getByRole('button', { name: 'Solve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Find groups' });
  await dialog.getByLabel('Show alternatives').check();
  await dialog.getByRole('button', { name: 'Solve' }).click();
  await dialog.locator('[data-plan]').nth(1).waitFor({ timeout: 60_000 });
  assert.ok((await dialog.locator('.times .own').count()) > 0);
  // Closed and opened again: the plans still wait, until each is discarded.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Solve', exact: true }).click();
  await dialog.locator('[data-plan]').first().waitFor();
  for (let left = await dialog.locator('[data-plan]').count(); left > 0; --left) {
    assert.equal(await dialog.locator('[data-plan]').count(), left);
    await dialog.getByRole('button', { name: /^Discard/ }).first().click();
    await dialog.locator('[data-plan]').nth(left - 1).waitFor({ state: 'detached' });
  }
  await page.keyboard.press('Escape');
});

test('a person is found among many, and groups are chosen and put in order', async () => {
  const all = await page.locator('.card').count();
  const name = await page.locator('.card .chip.participant .chip-name').first().innerText();
  await page.getByRole('searchbox').fill(name.toUpperCase());
  await page.locator('.chip.found').first().waitFor();
  assert.ok((await page.locator('.card').count()) < all);
  await page.getByRole('searchbox').fill('nobody of that name');
  await page.getByText('No group is like that.').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByLabel('Order').selectOption('size');
  const sizes = (await page.locator('.card .seats strong').allInnerTexts()).map(Number);
  assert.deepEqual(sizes, [...sizes].sort((a, b) => a - b));
  await page.getByLabel('Which groups').selectOption('pinned');
  assert.equal(await page.locator('.card').count(), 0);
  await page.getByLabel('Which groups').selectOption('all');
  await page.getByLabel('Order').selectOption('time');
});

test('a dragged person sees every group’s verdict before the drop, and undo and redo outlive a reload', async () => {
  const { board, possible, impossible } = await moves(page);
  assert.ok(possible && impossible);

  await dragOver(page, possible);
  await cardOf(page, possible.to).locator('[data-verdict="good"], [data-verdict="soft"]').waitFor();
  assert.equal(await page.locator('.card [data-verdict]').count(), board.groups.length);
  const told = await cardOf(page, possible.to).locator('.verdict').innerText();
  assert.match(told, /fits.* of \d+–\d+/);
  assert.match(told, /placed \d+.* · if needed \d+/);
  await page.mouse.up();
  await cardOf(page, possible.to).locator(`[data-person="${possible.person}"]`).waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Undo' }).click();
  await cardOf(page, possible.from).locator(`[data-person="${possible.person}"]`).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Redo' }).click();
  await cardOf(page, possible.to).locator(`[data-person="${possible.person}"]`).waitFor();
  await page.keyboard.press('Control+z');
  await cardOf(page, possible.from).locator(`[data-person="${possible.person}"]`).waitFor();

  await dragOver(page, impossible);
  const broken = await cardOf(page, impossible.to).locator('[data-verdict="bad"]').innerText();
  assert.match(broken, /R\d/);
  assert.match(broken, /placed \d+.* · if needed \d+/);
  await page.mouse.up();
  await page.locator('.notice').getByText(/^Not done/).waitFor();
  assert.equal(await groupOf(impossible).getAttribute('data-group'), String(impossible.from));
});

test('the keyboard carries a person to another group', async () => {
  const { possible } = await moves(page);
  await chipOf(page, possible).focus();
  await page.keyboard.press('m');
  const drop = cardOf(page, possible.to).getByRole('button', { name: /^Move here/ });
  await drop.waitFor();
  await page.keyboard.press('Escape');
  await drop.waitFor({ state: 'detached' });
  assert.equal(await chipOf(page, possible).evaluate((chip) => chip === document.activeElement), true);

  await page.keyboard.press('m');
  await drop.focus();
  await page.keyboard.press('Enter');
  await cardOf(page, possible.to).locator(`[data-person="${possible.person}"]`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await cardOf(page, possible.from).locator(`[data-person="${possible.person}"]`).waitFor();
});

test('of two browsers that edit at once the second is shown what the first did', async () => {
  const other = await openPage(browser, rehearsal.address);
  await other.locator('.card').first().waitFor();
  const first = page.locator('.card').first();
  const id = await first.getAttribute('data-group');
  await first.locator('.title').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Night owls');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.locator('.notice').getByText(/is called Night owls/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await cardOf(other, id).getByRole('button', { name: /^Pin/ }).click();
  const alert = other.getByRole('alert');
  await alert.getByText('Your change was not made', { exact: false }).waitFor();
  assert.match(await alert.innerText(), /Night owls/);
  assert.equal(await cardOf(other, id).getByRole('button', { name: /^Pin/ }).getAttribute('aria-pressed'), 'false');
  await alert.getByRole('button', { name: 'Do it now' }).click();
  await other.locator(`.card[data-group="${id}"] .pin.on`).waitFor();
  assert.deepEqual(other.troubles, []);
  await other.context().close();
  await page.reload();
  await page.locator(`.card[data-group="${id}"] .pin.on`).waitFor();
});

test('a re-run leaves the pinned group as it is', async () => {
  const pinned = page.locator('.card', { has: page.locator('.pin.on') });
  const id = await pinned.getAttribute('data-group');
  const time = await pinned.locator('.when strong').innerText();
  await page.getByRole('button', { name: 'Solve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Find groups' });
  await dialog.getByRole('button', { name: 'Solve' }).click();
  await dialog.getByRole('button', { name: /^Accept/ }).first().click({ timeout: 60_000 });
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await cardOf(page, id).locator('.when strong').innerText(), time);
  assert.equal(await cardOf(page, id).locator('h3').innerText(), 'Night owls');
});

test('a group’s weeks stand on every member’s clock, and a facilitator takes over another group', async () => {
  const board = await ask(page, '/cohorts/1');
  const group = board.groups.find((candidate) => !candidate.pinned && candidate.members.some((member) => member.local_times.length > 1));
  await cardOf(page, group.group_id).locator('.title').click();
  const dialog = page.getByRole('dialog');
  for (const [index, member] of group.members.entries()) {
    const row = dialog.locator('.strip tbody tr').nth(index + 1);
    assert.match(await row.locator('th').innerText(), new RegExp(`^${member.name}`));
    const cells = await row.locator('td').allInnerTexts();
    const expected = await page.evaluate(
      ([starts, zone]) => starts.map((start) => new Intl.DateTimeFormat(undefined, { timeZone: zone, weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(start))),
      [group.meetings.map((meeting) => meeting.start), member.timezone],
    );
    assert.deepEqual(cells.map((cell) => cell.split('(')[0].trim()), expected, member.name);
  }
  assert.ok((await dialog.getByText('(clocks changed)').count()) > 0);
  await page.keyboard.press('Escape');

  // Whoever cannot lead it is refused with the rule, and leads it when that is wanted all the same.
  const leads = (person) => group.members.some((member) => member.user_id === person);
  const { people } = await ask(page, '/cohorts/1/people');
  const other = people.find((person) => person.role === 'facilitator' && !leads(person.user_id));
  await cardOf(page, group.group_id).locator('.title').click();
  await dialog.getByLabel('Facilitator').selectOption({ label: other.name });
  const chip = cardOf(page, group.group_id).locator(`.chip.facilitator[data-person="${other.user_id}"]`);
  const refused = dialog.getByRole('alert');
  await refused.getByText(/^R\d/).first().waitFor();
  assert.equal(await chip.count(), 0);
  await refused.getByRole('button', { name: 'Do it anyway' }).click();
  await chip.waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await chip.waitFor({ state: 'detached' });
});

test('an hour of the heat map tells who is free, and a group moves to a spare start', async () => {
  const { cells } = await ask(page, '/cohorts/1/heat?zone=Europe/Berlin');
  const [people, perhaps, leaders, leadersPerhaps] = cells[66];
  const hour = page.locator('[data-hour="66"]');
  const layer = async (name, withIfNeeded) => {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('checkbox', { name: 'with if-needed hours' }).setChecked(withIfNeeded);
    return hour.getAttribute('aria-label');
  };
  assert.match(await layer('Participants', false), new RegExp(`: ${people} participants`));
  assert.match(await layer('Facilitators', true), new RegExp(`: ${leaders + leadersPerhaps} facilitators`));
  assert.match(await layer('Both', true), new RegExp(`: ${people + perhaps} participants, ${leaders + leadersPerhaps} facilitators`));
  await hour.click();
  await page.locator('.who h3 .count', { hasText: String(people + perhaps + leaders + leadersPerhaps) }).waitFor();
  for (const card of await page.locator('.card:not(:has(.pin.on)) .title').all()) {
    await card.click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('.starts button, p:has-text("There is none")').first().waitFor();
    const start = dialog.locator('.starts button').first();
    if ((await start.count()) > 0) {
      await start.click();
      await page.locator('.notice').getByText(/meets on/).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'History' }).click();
      await page.getByRole('dialog', { name: 'History' }).getByText(/meets on/).first().waitFor();
      await page.keyboard.press('Escape');
      return;
    }
    await dialog.getByRole('button', { name: 'Close' }).click();
  }
  assert.fail('no group has a spare start');
});

test('a week is postponed by the keyboard, stands in the history, and is undone and done again', async () => {
  const [group] = (await ask(page, '/cohorts/1')).groups;
  const starts = async () => (await ask(page, '/cohorts/1')).groups.find((each) => each.group_id === group.group_id).meetings.map((meeting) => meeting.start);
  const before = await starts();
  await cardOf(page, group.group_id).locator('.title').click();
  const dialog = page.getByRole('dialog');
  const week = dialog.locator('[data-week="3"]');
  await week.focus();
  await page.keyboard.press('Enter');
  const form = dialog.getByRole('form', { name: 'Postpone week 3' });
  await form.locator('input[type="radio"]:focus').waitFor();
  assert.match(await form.innerText(), /Week 3 is then on .*, the last meeting on /);
  // Keys only: the week is left out, in spite of whoever cannot come on the new dates.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.notice').waitFor();
  const anyway = dialog.getByRole('button', { name: 'Do it anyway' });
  if (await anyway.count()) await anyway.press('Enter');
  await form.waitFor({ state: 'detached' });
  await dialog.locator('[data-week="3"]:focus').waitFor();
  const after = await starts();
  assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
  assert.equal(after[2].slice(0, 10), before[3].slice(0, 10));
  assert.equal(await dialog.locator('.strip thead .tag', { hasText: 'moved' }).count(), before.length - 2);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'History' }).click();
  await dialog.getByText(`${group.group_name}: meeting 3 and the`, { exact: false }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.notice').getByText('is undone').waitFor();
  assert.deepEqual(await starts(), before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.locator('.notice').getByText('is done again').waitFor();
  assert.deepEqual(await starts(), after);
});

test('one meeting moves alone, to a time on the reader’s clock, once whoever cannot come is accepted', async () => {
  const [group] = (await ask(page, '/cohorts/1')).groups;
  const usual = await cardOf(page, group.group_id).locator('.when strong').innerText();
  await cardOf(page, group.group_id).locator('.title').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-week="2"]').click();
  await dialog.getByLabel('Move this meeting alone').check();
  const night = `${group.meetings[1].start.slice(0, 10)}T03:30`; // in Berlin, where the reader is
  await dialog.locator('input[type="datetime-local"]').fill(night);
  await dialog.getByRole('button', { name: 'Postpone', exact: true }).click();
  const refused = dialog.getByRole('alert');
  await refused.getByText(/^R3: .* cannot attend meeting 2/).first().waitFor();
  assert.doesNotMatch(await refused.innerText(), /\d{4}-\d\d-\d\d/, 'dates are the reader’s');
  await refused.getByRole('button', { name: 'Do it anyway' }).click();
  await dialog.locator('.strip thead th').nth(1).locator('.tag').waitFor();
  const moved = (await ask(page, '/cohorts/1')).groups.find((each) => each.group_id === group.group_id).meetings;
  const shown = await page.evaluate((start) => new Date(start).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }), moved[1].start);
  assert.equal(shown.slice(0, 16).replace(' ', 'T'), night);
  assert.equal(moved[0].start, group.meetings[0].start);
  assert.equal(moved[2].start, group.meetings[2].start);
  await page.keyboard.press('Escape');
  const card = cardOf(page, group.group_id);
  assert.equal(await card.locator('.when strong').innerText(), usual);
  assert.equal(await card.locator('.shifted', { hasText: 'only on' }).count(), 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.notice').getByText('is undone').waitFor();
});

test('the plan is published to the sandbox, and a second look finds nothing to do', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish to Discord' });
  await dialog.locator('.diff li').first().waitFor();
  await dialog.getByRole('button', { name: /^Publish \d+ changes/ }).click();
  // Closed on the way, by mistake or not: it goes on, and whoever opens it again sees how far it is.
  await dialog.locator('progress').waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.locator('progress, [data-published]').first().waitFor();
  await dialog.locator('[data-published]').waitFor({ timeout: 180_000 });
  assert.equal(await dialog.locator('[data-published]').getAttribute('data-published'), 'done', await dialog.innerText());
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.locator('.card .tag', { hasText: 'on Discord' }).first().waitFor();
  const state = await fetch(`${rehearsal.sandbox.control}/state`).then((reply) => reply.json());
  const voice = state.channels.filter((channel) => channel.type === 2);
  assert.equal(voice.length, await page.locator('.card').count());

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await dialog.getByText('Nothing to do').waitFor();
  await page.keyboard.press('Escape');
});

test('what was changed since is told, shown as a diff with before and after, and published', async () => {
  const board = await ask(page, '/cohorts/1');
  const [group, other] = board.groups;
  const person = group.members.find((member) => member.role === 'participant');
  const change = async (order) => {
    const { csrf } = await ask(page, '/session');
    const { version } = await ask(page, '/cohorts/1');
    return page.evaluate(
      ([body, token]) =>
        fetch('/api/v1/cohorts/1/edits', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Convene-CSRF': token }, body: JSON.stringify(body) }).then((reply) => reply.json()),
      [{ ...order, version, force: true }, csrf],
    );
  };
  assert.equal((await change({ command: 'move', person: person.user_id, group: other.group_id })).status, 'done');
  assert.equal((await change({ command: 'postpone', group: other.group_id, week: 4 })).status, 'done');
  await page.reload();
  const dialog = page.getByRole('dialog');
  await cardOf(page, group.group_id).locator('.title').click();
  await dialog.getByLabel('Name').fill('Early birds');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.locator('.notice').getByText('Discord shows it after the next Publish.').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const lines = (action) => dialog.locator(`.diff li.${action}`);
  await lines('update').first().waitFor();
  const { steps } = await ask(page, '/cohorts/1/realization');
  for (const action of ['create', 'grant', 'withdraw', 'update']) {
    assert.ok(steps.some((step) => step.action === action), `the plan has a step ${action}`);
    assert.equal(await lines(action).count(), steps.filter((step) => step.action === action).length, action);
  }
  for (const fold of await dialog.locator('.diff details:not([open]) summary').all()) await fold.click();
  assert.match((await lines('withdraw').allInnerTexts()).join('\n'), new RegExp(`${person.name} from the text channel`));
  assert.match((await lines('grant').allInnerTexts()).join('\n'), new RegExp(`${person.name} to the text channel`));
  const start = steps.flatMap((step) => step.changes ?? []).find((each) => each.field === 'start');
  const said = (instant) =>
    page.evaluate((at) => new Intl.DateTimeFormat(undefined, { timeZone: 'Europe/Berlin', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(at)), instant);
  assert.ok((await dialog.locator('.changes del').allInnerTexts()).includes(await said(start.before)));
  assert.ok((await dialog.locator('.changes ins').allInnerTexts()).includes(await said(start.after)));
  await dialog.getByRole('button', { name: /^Publish \d+ change/ }).click();
  await dialog.locator('[data-published="done"]').waitFor({ timeout: 180_000 });
  await page.keyboard.press('Escape');
});

test('what people changed on Discord is told, and taken back when that is wanted', async () => {
  const state = () => fetch(`${rehearsal.sandbox.control}/state`).then((reply) => reply.json());
  const channel = (await state()).channels.find((each) => each.name === 'early-birds');
  await fetch(`${rehearsal.sandbox.control}/act`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user_id: rehearsal.sandbox.admin_user_id, method: 'PATCH', path: `/channels/${channel.id}`, body: { name: 'night-hawks' } }),
  });
  const nameNow = async () => (await state()).channels.find((each) => each.id === channel.id).name;
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.notes .drift').getByText('night-hawks').waitFor();
  assert.equal(await dialog.locator('.diff').count(), 0);
  await dialog.getByLabel('Take back what was changed by hand').check();
  await dialog.locator('.diff li.update').waitFor();
  assert.match(await dialog.locator('.changes').innerText(), /night-hawks →[^]*early-birds/);
  await dialog.getByRole('button', { name: 'Publish 1 change' }).click();
  await dialog.locator('[data-published="done"]').waitFor({ timeout: 60_000 });
  assert.equal(await nameNow(), 'early-birds');
  await page.keyboard.press('Escape');
});

test('a share link shows the groups and no way to change them', async () => {
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('button', { name: 'Make a read-only link' }).click();
  const url = await dialog.getByLabel('Link').inputValue();
  const guest = await openPage(browser, url);
  await guest.locator('.card').first().waitFor();
  assert.equal(await guest.getByRole('button', { name: 'Publish' }).count(), 0);
  assert.equal(await guest.getByRole('button', { name: /^Pin/ }).count(), 0);
  assert.equal(guest.url().includes('share='), false);
  assert.deepEqual(guest.troubles, []);
  assert.equal((await ask(guest, '/cohorts/1/edits')).error.code, 'read_only');
  await guest.context().close();
  await page.keyboard.press('Escape');
});

test('the page ran without errors, and its security policy had nothing to block', () => {
  assert.deepEqual(page.troubles, []);
});
