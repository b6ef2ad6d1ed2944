// nginx and Caddy as somebody would set them up, with the files that `cargo xtask dist` writes.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Kind = 'nginx' | 'caddy';

/** As `cargo xtask test --only hosting` sets it. */
export function given(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(`${name} is not set: these tests are for \`cargo xtask test --only hosting\`.`);
}

/** Where the files are, and the files that a host sends, without their compressed forms. */
export const FOLDER = join(given('MEMBERSHIP_HOSTING_WWW'), given('MEMBERSHIP_HOSTING_BASE'));
export const FILES = readdirSync(FOLDER).filter((name) => !/^_|\.(br|gz)$/.test(name));

export class Host {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Where the pages are, with a slash at the end. */
  readonly pages: string;

  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #log: string[] = [];

  private constructor(kind: Kind, port: number) {
    this.origin = `http://localhost:${port}`;
    this.pages = `${this.origin}${given('MEMBERSHIP_HOSTING_BASE')}`;
    this.#folder = mkdtempSync(join(tmpdir(), `membership-${kind}-`));
    const child = kind === 'nginx' ? this.#nginx(port) : this.#caddy();
    this.#process = child;
    // Also when the tests are broken off.
    const end = () => child.kill();
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    child.stderr?.on('data', (data) => this.#log.push(String(data)));
  }

  /** A running host on a free port. */
  static async start(kind: Kind): Promise<Host> {
    const host = new Host(kind, await freePort());
    for (let tries = 0; tries < 100; tries += 1) {
      if (host.#process.exitCode !== null) break;
      const answer = await fetch(host.pages).catch(() => undefined);
      if (answer !== undefined) return host;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const log = host.#log.join('');
    await host.discard();
    throw new Error(`${kind} does not answer:\n${log}`);
  }

  /** Ends it and leaves nothing behind. */
  async discard(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One process, whoever starts it: as root, its workers would be somebody who may read less. */
  #nginx(port: number): ChildProcess {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const config = `
      daemon off;
      master_process off;
      pid ${this.#folder}/pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        ${temporary.map((name) => `${name}_temp_path ${this.#folder}/${name};`).join(' ')}
        server {
          listen 127.0.0.1:${port};
          root ${given('MEMBERSHIP_HOSTING_WWW')};
          include ${given('MEMBERSHIP_NGINX_CONF')};
        }
      }`;
    const file = this.#write('nginx.conf', config);
    const options = ['-p', this.#folder, '-e', 'stderr', '-c', file];
    return spawn(given('MEMBERSHIP_NGINX'), options, { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  #caddy(): ChildProcess {
    const config = `
      {
        admin off
        auto_https off
      }
      ${this.origin} {
        bind 127.0.0.1
        root * ${given('MEMBERSHIP_HOSTING_WWW')}
        import ${given('MEMBERSHIP_CADDY_CONF')}
      }`;
    const options = ['run', '--adapter', 'caddyfile', '--config', this.#write('Caddyfile', config)];
    const home = join(this.#folder, 'home');
    mkdirSync(home);
    return spawn(given('MEMBERSHIP_CADDY'), options, {
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  #write(name: string, text: string): string {
    const file = join(this.#folder, name);
    writeFileSync(file, text);
    return file;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
