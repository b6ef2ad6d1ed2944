// A server of the tests' own: its own port, its own database, gone afterwards.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { left } from './left';
import type { Organization, Person } from './people';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** When every server starts: the demo's evidence is told as of this day. */
export const CLOCK = '2023-11-15T09:00:00Z';

/** What it writes to its log: each request, so that there is something to look through. */
const LOG = 'info,membership_server=trace,sqlx=warn,sea_orm_migration=warn';

/** From the environment, as `cargo xtask test` sets it, else where a build by hand leaves it. */
function built(name: string, places: string[]): string {
  const named = process.env[name];
  const found = named ?? places.map((place) => join(root, place)).find((path) => existsSync(path));
  if (found === undefined || !existsSync(found)) {
    throw new Error(`${name}: neither it nor ${places.join(' nor ')} is there; build it first.`);
  }
  return resolve(found);
}

/** The folder of the built pages. */
export const builtPages = () =>
  built('MEMBERSHIP_WEB_DIR', ['target/web/release', 'target/web/dev']);

/** How it differs from a server that has its pages and a port of its own choice. */
export interface Unusual {
  /** Where it listens. */
  port?: string;
  /** Where its pages are, in place of the built ones. */
  pages?: string;
  /** It serves the API alone, to pages of this origin. */
  allowedOrigin?: string;
  /** Its demo has an organization of 10,000 people too. */
  largest?: boolean;
}

export class Server {
  /** Without a slash at the end. Stays the same when the server is started again. */
  url = '';

  readonly #folder = mkdtempSync(join(tmpdir(), 'membership-'));
  #process: ChildProcess | undefined;
  /** Its log, and what it tells whoever starts it. */
  #log: string[] = [];
  #said: string[] = [];
  readonly #unusual: Unusual;

  constructor(unusual: Unusual = {}) {
    this.#unusual = unusual;
  }

  get #program(): string {
    return built('MEMBERSHIP_SERVER_BIN', ['target/debug/membership-server']);
  }

  get #database(): string[] {
    return ['--database-url', `sqlite:${join(this.#folder, 'demo.sqlite')}`];
  }

  /** A running server on a fresh database. */
  static async start(unusual: Unusual = {}): Promise<Server> {
    const server = new Server(unusual);
    await server.start();
    return server;
  }

  /** Starts it, again at the same address and with the same database if it ran before. */
  async start(): Promise<void> {
    const { port: wanted = '0', allowedOrigin, largest = false } = this.#unusual;
    const port = this.url === '' ? wanted : new URL(this.url).port;
    const program = this.#program;
    const pages =
      allowedOrigin === undefined
        ? ['--web', this.#unusual.pages ?? builtPages()]
        : ['--allowed-origin', allowedOrigin];
    const child = spawn(
      program,
      [
        'serve',
        ...this.#database,
        ...pages,
        ...['--listen', `127.0.0.1:${port}`],
        ...(largest ? ['--demo', '--demo-largest'] : ['--demo']),
        ...['--clock', CLOCK],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? LOG },
      },
    );
    this.#process = child;
    // Also when the tests are broken off.
    const end = () => child.kill();
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    createInterface({ input: child.stderr }).on('line', (line) => this.#log.push(line));
    const address = new Promise<string>((found) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#said.push(line);
        const said = /(http:\/\/\S+?)\/?$/.exec(line);
        if (said?.[1] !== undefined) found(said[1]);
      });
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The server ended before it was ready:\n${this.#written()}`);
    });
    ended.catch(() => {});
    this.url = await Promise.race([address, ended]);
    const ready = await fetch(`${this.url}/readyz`);
    if (!ready.ok) throw new Error(`/readyz answers ${ready.status}`);
  }

  /** Ends it as an operator would; the database stays. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    // When all of its log is here, too.
    const ended = once(child, 'close');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await ended;
  }

  /** Gives somebody another role, also in another organization, as an operator would. */
  grant({ email, name }: Person, organization: Organization, role: string): void {
    const account = ['--email', email, '--name', name, '--organization', organization.name];
    const command = ['account', 'add', '--demo', ...this.#database, ...account, '--role', role];
    execFileSync(this.#program, command, { stdio: 'pipe' });
  }

  /** What a command of the operator says. */
  command(...words: string[]): string {
    const command = [...words, '--demo', ...this.#database];
    return execFileSync(this.#program, command, { encoding: 'utf8' }).trim();
  }

  /** Makes somebody an operator, with an account of this password. */
  operator(email: string, name: string, password: string): void {
    const who = ['--email', email, '--name', name];
    const command = ['operator', 'add', '--demo', ...this.#database, ...who];
    execFileSync(this.#program, command, { input: `${password}\n`, stdio: 'pipe' });
  }

  /** Answers nothing more, until thawed. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  /** Answers again. */
  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /**
   * Ends it, looks through what it left, and leaves nothing behind. Gives what it wrote.
   *
   * @throws with everything that is wrong with its log, its database and its books.
   */
  async discard(): Promise<string> {
    await this.stop();
    const found = left(this.#folder, this.#log.join('\n'), () => this.#books());
    rmSync(this.#folder, { recursive: true, force: true });
    if (found.length > 0) throw new Error(`A server left what is wrong:\n${found.join('\n')}`);
    return this.#written();
  }

  #written(): string {
    return [...this.#said, ...this.#log].join('\n');
  }

  /** Checks the books, and adds them to a file for another judge where one is named. */
  #books(): void {
    const said = this.command('books', 'check');
    const journal = process.env.MEMBERSHIP_JOURNAL;
    if (journal === undefined || said === 'Nothing is booked.') return;
    appendFileSync(journal, `${this.command('books', 'journal')}\n\n`);
  }
}
