"""Kills servers while they send mails, and looks whether each mail was sent, and told of, once.

    python run.py --server target/server/membership-server --database-url postgres://...

The database is empty, and its URL is one that psql takes too. Two servers share it; one of them is
killed (SIGKILL) again and again while it works, and starts again at once. The mail server takes each
mail, and now and then hangs up after DATA, without a word. The last line is `N passed, N failed`.
"""

import argparse
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

# Seconds in which a server that is killed may have handed over a mail and not written that down, or
# in which the sink may still read what a dead one sent.
MOMENT = 0.3

QUEUE = """
INSERT INTO mails (id, document, purpose, recipient, params, state, queued_at)
SELECT gen_random_uuid()::text, n::text, 'password_changed', 'person' || n || '@contoso.example',
       '{{"about": {{"purpose": "password_changed"}}, "page": "/account"}}', 'queued', now()
FROM generate_series(1, {mails}) n;
INSERT INTO jobs (id, kind, key, lane, turn, detail, run_at, not_before, attempts, error, created_at)
SELECT gen_random_uuid()::text, 'mail.send', id, '', 0, '{{}}', 0, 0, 0, '', 0 FROM mails;
"""


class Sink:
    """Takes mails; some of them without saying so."""

    def __init__(self, dies):
        self.dies = dies
        self.taken = defaultdict(list)

    async def handle_DATA(self, server, session, envelope):
        found = re.search(rb"(?im)^Message-ID: (\S+)", envelope.content)
        died = random.random() < self.dies
        self.taken[found[1].decode()].append((time.monotonic(), died))
        if died:
            server.transport.abort()
        return "250 taken"


class Listener(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


class Server:
    """One of the servers; its log stays."""

    def __init__(self, command, log):
        self.command, self.log = command, log
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)

    def kill(self):
        """Kills it, and starts it again; when it was killed."""
        self.process.kill()
        at = time.monotonic()
        self.process.wait()
        self.start()
        return at


def ask(url, sql):
    command = ["psql", url, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def left(url):
    return int(ask(url, "SELECT count(*) FROM jobs WHERE kind = 'mail.send'"))


def worked(options, sink, port, folder):
    """Has the mails sent by servers that are killed; when they were, and how long it took."""
    command = [options.server, "serve", "--listen", "127.0.0.1:0"]
    command += ["--database-url", options.database_url]
    command += ["--smtp-url", f"smtp://127.0.0.1:{port}", "--public-url", "https://app.contoso.example"]
    command += ["--mail-from", "Membership <noreply@contoso.example>"]
    subprocess.run([options.server, "migrate", "--database-url", options.database_url], check=True)
    ask(options.database_url, QUEUE.format(mails=options.mails))
    with open(Path(folder, "log"), "w") as log:
        servers = [Server(command, log) for _ in range(2)]
        kills, begin = [], time.monotonic()
        try:
            while (many := left(options.database_url)) > 0:
                if time.monotonic() - begin > options.patience:
                    print(f"{many} mails are left after {options.patience} s", file=sys.stderr)
                    break
                # Spread over the whole work, which a server without kills does in one go.
                done = options.mails - many
                if len(kills) < options.kills and done * options.kills >= len(kills) * options.mails:
                    time.sleep(random.uniform(0, 0.5))
                    kills.append(random.choice(servers).kill())
                time.sleep(0.1)
            return kills, time.monotonic() - begin
        finally:
            for server in servers:
                server.process.terminate()
                server.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", required=True)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--dies", type=float, default=0.002, help="of so many mails the sink dies")
    parser.add_argument("--patience", type=float, default=900)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    sink = Sink(options.dies)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listener = Listener(sink, hostname="127.0.0.1", port=port)
    listener.start()
    try:
        with tempfile.TemporaryDirectory(prefix="membership-") as folder:
            kills, seconds = worked(options, sink, port, folder)
    finally:
        listener.stop()
    failed = told(options, sink, kills, seconds)
    sys.exit(1 if failed else 0)


def was_killed(at, kills):
    return any(abs(kill - at) <= MOMENT for kill in kills)


def told(options, sink, kills, seconds):
    """Says what was found; how many checks failed."""
    url = options.database_url
    again = [times[:-1] for times in sink.taken.values() if len(times) > 1]
    again = [time for times in again for time in times]
    died = sum(died for _, died in again)
    unexplained = [at for at, died in again if not died and not was_killed(at, kills)]
    entries = "SELECT count(*), count(DISTINCT detail) FROM audit_entries WHERE action = 'mail.send'"
    checks = {
        f"{options.kills} kills": len(kills) == options.kills,
        "no job is left": left(url) == 0,
        "each mail is sent": ask(url, "SELECT count(*) FROM mails WHERE state = 'sent'")
        == str(options.mails),
        "each is told of once": ask(url, entries) == f"{options.mails}|{options.mails}",
        "each arrived": len(sink.taken) == options.mails,
        "again only where somebody died after DATA": not unexplained,
    }
    print(f"{options.mails} mails in {seconds:.0f} s, {len(kills)} kills; {len(again)} came again:")
    print(f"{died} where the sink died after DATA, {len(again) - died} where a server did")
    for check, holds in checks.items():
        print("passed" if holds else "FAILED", check)
    failed = sum(not holds for holds in checks.values())
    print(f"{len(checks) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    main()
