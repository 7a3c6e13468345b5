// A board to try things on: a database in a temporary folder, a sandbox that behaves like Discord, and
// the real program serving the real page to a real browser.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../../web-ui/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const root = new URL('../../', import.meta.url).pathname;
export const program = process.env.CONVENE_PROGRAM ?? join(root, 'build/release/src/convene');

/** Promises of speed are made for a release on an idle machine; other builds are measured, but not held to them. */
export const promised = process.env.CONVENE_HOLD_PROMISES === '1';

async function firstLine(child) {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) return line;
  throw new Error('ended before it said anything');
}

export class Rehearsal {
  static async begin({ cohort = 'data/sample.cohort.json', rules = {}, names = [], serve = [], sandbox = false } = {}) {
    const rehearsal = new Rehearsal();
    rehearsal.folder = mkdtempSync(join(tmpdir(), 'convene-board-'));
    rehearsal.children = [];
    rehearsal.environment = { ...process.env, CONVENE_DATABASE_URL: `sqlite:${join(rehearsal.folder, 'board.db')}` };
    for (const name of ['DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'DISCORD_API_BASE']) delete rehearsal.environment[name];
    const document = JSON.parse(readFileSync(join(root, cohort), 'utf8'));
    Object.assign(document.rules, rules);
    if (names.length > 0) document.people.forEach((person, index) => (person.name = `${names[index % names.length]} ${index}`));
    if (sandbox) await rehearsal.startSandbox(document.people);
    writeFileSync(join(rehearsal.folder, 'cohort.json'), JSON.stringify(document));
    const second = { ...document, cohort: { ...document.cohort, name: `${document.cohort.name}, autumn` } };
    writeFileSync(join(rehearsal.folder, 'second.json'), JSON.stringify(second));
    rehearsal.convene('import', 'cohort.json');
    rehearsal.serveArguments = ['serve', '--port', '0', ...serve];
    await rehearsal.serve();
    return rehearsal;
  }

  convene(...words) {
    const result = spawnSync(program, words, { cwd: this.folder, env: this.environment, encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`convene ${words.join(' ')}: ${result.stderr}${result.stdout}`);
    return result.stdout;
  }

  start(words) {
    const child = spawn(program, words, { cwd: this.folder, env: this.environment, stdio: ['ignore', 'pipe', 'ignore'] });
    this.children.push(child);
    return child;
  }

  async startSandbox(people) {
    this.sandbox = JSON.parse(await firstLine(this.start(['sandbox'])));
    this.environment.DISCORD_API_BASE = this.sandbox.api_base;
    this.environment.DISCORD_TOKEN = this.sandbox.token;
    this.environment.DISCORD_GUILD_ID = this.sandbox.guild_id;
    for (const person of people) {
      if (!person.discord_id) continue;
      await fetch(`${this.sandbox.control}/members`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: person.discord_id, username: `u${person.discord_id}`, administrator: false }),
      });
    }
  }

  async serve() {
    this.server = this.start(this.serveArguments);
    this.address = await firstLine(this.server);
  }

  async end() {
    for (const child of this.children.reverse()) {
      if (child.exitCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
}

/** A page whose errors fail the test: script errors, and whatever the security policy had to block. */
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/status of 4\d\d/.test(text)) page.troubles.push(text);
  });
  await page.goto(address);
  return page;
}

/** What axe holds against the page as it stands, or against the dialog over it, one line each. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document.querySelector('dialog[open]') ?? document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }),
  );
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 140) + ' | ' + (node.any[0]?.message ?? '')).slice(0, 3).join(' || ')}`);
}

/** Pixels by which the page, or a dialog in it, is wider than its place. */
export function overhang(page) {
  return page.evaluate(() =>
    Math.max(...[document.documentElement, ...document.querySelectorAll('dialog[open]')].map((box) => box.scrollWidth - box.clientWidth)),
  );
}

/** Asks the API from within the page, with its session. */
export function ask(page, path) {
  return page.evaluate((asked) => fetch(`/api/v1${asked}`).then((reply) => reply.json()), path);
}

/** Somebody who fits into another group as the board stands, and that group; likewise somebody who does not. */
export async function moves(page) {
  const cohort = Number((await page.evaluate(() => location.hash)).match(/\d+/)[0]);
  const board = await ask(page, `/cohorts/${cohort}`);
  let possible = null;
  let impossible = null;
  for (const group of board.groups) {
    for (const member of group.members) {
      if (member.role !== 'participant') continue;
      const { groups } = await ask(page, `/cohorts/${cohort}/people/${member.user_id}/verdicts`);
      for (const verdict of groups) {
        if (verdict.here) continue;
        const move = { person: member.user_id, name: member.name, from: group.group_id, to: verdict.group_id };
        if (verdict.violations.length === 0) possible ??= move;
        else impossible ??= move;
      }
      if (possible && impossible) return { board, possible, impossible };
    }
  }
  return { board, possible, impossible };
}

export const chipOf = (page, move) => page.locator(`.card[data-group="${move.from}"] [data-person="${move.person}"]`);
export const cardOf = (page, group) => page.locator(`.card[data-group="${group}"]`);

/** Grabs somebody with the mouse and holds them over a card, not yet dropped. */
export async function dragOver(page, move) {
  await chipOf(page, move).scrollIntoViewIfNeeded();
  await chipOf(page, move).hover();
  await page.mouse.down();
  const target = cardOf(page, move.to);
  const start = await chipOf(page, move).boundingBox();
  await page.mouse.move(start.x + start.width / 2 + 8, start.y + 8, { steps: 3 });
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 8 });
}
