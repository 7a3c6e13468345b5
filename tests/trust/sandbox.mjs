// A sandbox for a test to talk to, and its control port.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = process.env.CONVENE_PROGRAM ?? fileURLToPath(new URL('../../build/dev/src/convene', import.meta.url));

export class Sandbox {
  static async begin() {
    const sandbox = new Sandbox();
    sandbox.child = spawn(program, ['sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
    sandbox.lines = [];
    const reader = createInterface({ input: sandbox.child.stdout });
    const first = new Promise((resolve, reject) => {
      reader.once('line', resolve);
      sandbox.child.once('error', reject);
      sandbox.child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    });
    reader.on('line', (line) => sandbox.lines.push(line));
    Object.assign(sandbox, JSON.parse(await first));
    return sandbox;
  }

  async ask(method, path, body) {
    const reply = await fetch(this.control + path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** A person does something by the routes of the API. */
  act(method, path, body) {
    return this.ask('POST', '/act', { user_id: this.admin_user_id, method, path, body });
  }

  async gatewayHistory() {
    return (await this.ask('GET', '/gateway')).history.map((entry) => entry.what);
  }

  async end() {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** The next emission of that event for which `fits` holds; fails after `seconds`. */
export function next(emitter, name, fits = () => true, seconds = 30) {
  return new Promise((resolve, reject) => {
    const given = setTimeout(() => {
      emitter.off(name, look);
      reject(new Error(`no ${name} within ${seconds} s`));
    }, seconds * 1000);
    function look(...what) {
      if (!fits(...what)) return;
      clearTimeout(given);
      emitter.off(name, look);
      resolve(what[0]);
    }
    emitter.on(name, look);
  });
}
