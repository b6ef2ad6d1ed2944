// A demo of Lighthouse's own: a free port, an empty database, gone afterwards.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** From the environment, as for the specs, else where a build by hand leaves it. */
function built(name, place) {
  const path = process.env[name] ?? fileURLToPath(new URL(`../../${place}`, import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(`${path} is not there; build it first, or name another one in ${name}.`);
}

/** Gives its address, and how it is ended. */
export async function serve() {
  const program = built('MEMBERSHIP_SERVER_BIN', 'target/debug/membership-server');
  const pages = built('MEMBERSHIP_WEB_DIR', 'target/web/release');
  const folder = mkdtempSync(join(tmpdir(), 'membership-'));
  const options = ['serve', '--demo', '--clock', '2023-11-15T09:00:00Z', '--web', pages];
  options.push('--database-url', `sqlite:${join(folder, 'demo.sqlite')}`);
  options.push('--listen', '127.0.0.1:0');
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+?(?=\/?$)/.exec(line);
    if (address === null) continue;
    child.stdout.resume();
    return { url: address[0], end };
  }
  await end();
  throw new Error('The server ended before it was ready.');
}
