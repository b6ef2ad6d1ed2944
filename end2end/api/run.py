"""Tests the API against its own description, once for each role and once for nobody.

    python run.py --server target/debug/membership-server
    python run.py --url http://localhost:8080      a demo that runs, and is changed by this

The last line is `N passed, N failed`, the one before it `N requests to N operations`. Each role is
one test, with all that schemathesis checks; others are that a planted fault is found, that each
operation is accepted from somebody, and that the requests were many.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import requests
from shop import COOKIE, Shop

HERE = Path(__file__).resolve().parent
PASSPHRASE = "walk the harbor wall"
NOBODY = "nobody"
# One of the program owner's people, who belongs to no organization. The demo has none.
OPERATOR = "operator"
OPERATORS_PASSWORD = "a lighthouse in the fog"
DESK = " /api/v1/operator/"

# Who together get past every guard (see routes/matrix.txt), and nobody, who must not: everything
# that schemathesis can do.
THOROUGH = {NOBODY, "global-admin", OPERATOR}
# Who sees orders and may change them, or decides about their money: they meet some.
MEET_ORDERS = {"mpn-partner-admin", "global-admin", OPERATOR}
# The others get past no guard that these don't.
EXAMPLES = {True: ["--max-examples", "30"], False: ["--max-examples", "6", "--phases", "fuzzing"]}
# Few of these are right in every part, so that who meets orders sends some that are.
RIGHT = ["--mode", "positive", "--max-examples", "8", "--phases", "fuzzing"]
# A whole run with fewer requests has not tested what it should have.
LEAST = 5_000


@contextmanager
def served(program, pages):
    """A demo on a free port and an empty database, gone afterwards. Gives its address, and what adds
    an operator.
    """
    with tempfile.TemporaryDirectory(prefix="membership-") as folder:
        database = ["--database-url", f"sqlite:{folder}/demo.sqlite"]
        command = [program, "serve", "--demo", "--clock", "2023-11-15T09:00:00Z"]
        command += ["--listen", "127.0.0.1:0", *database]
        # More files in a minute than people have in an hour.
        command += ["--imports-per-hour", "100000"]
        command += ["--web", pages] if pages else []
        with open(f"{folder}/log", "w+") as log:
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
            try:
                lines = iter(server.stdout.readline, "")
                ports = (re.search(r"http://\S+:(\d+)", line) for line in lines)
                port = next(filter(None, ports), None)
                if port is None:
                    log.seek(0)
                    sys.exit(f"The server ended before it was ready:\n{log.read()}")
                yield f"http://127.0.0.1:{port[1]}", partial(add_operator, program, database)
            finally:
                server.terminate()
                server.wait()


def add_operator(program, database):
    """Makes an account on the command line; gives what signs it in."""
    email = f"{OPERATOR}@program.example"
    command = [program, "operator", "add", "--demo", *database, "--email", email, "--name", "Petra"]
    typed = f"{OPERATORS_PASSWORD}\n"
    subprocess.run(command, input=typed, check=True, capture_output=True, text=True)
    return {"email": email, "password": OPERATORS_PASSWORD}


def description(url):
    return requests.get(f"{url}/api/v1/openapi.json", timeout=30).json()


def roles(described):
    """All that the description knows; each has a demo account of its name at Contoso."""
    names = described["components"]["schemas"]["Role"]["enum"]
    return [re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower() for name in names]


def operations(described):
    """As schemathesis names them."""
    methods = {"get", "put", "post", "patch", "delete"}
    paths = described["paths"].items()
    return {f"{method.upper()} {path}" for path, item in paths for method in methods & item.keys()}


def sign_in(url, credentials):
    answer = requests.post(f"{url}/api/v1/session", json=credentials, timeout=30)
    # On a server that was tested already, failed tries keep this one waiting.
    while answer.status_code == 429:
        time.sleep(int(answer.headers["Retry-After"]))
        answer = requests.post(f"{url}/api/v1/session", json=credentials, timeout=30)
    if answer.status_code != 201:
        sys.exit(f"{credentials['email']} cannot sign in: {answer.text}")
    organizations = answer.json()["organizations"]
    return answer.cookies[COOKIE], organizations[0]["id"] if organizations else None


def at_contoso(role):
    return {"email": f"{role}@contoso.example", "password": PASSPHRASE}


def environment(url, role, add_operator):
    """What hooks.py and schemathesis.toml read."""
    nobody = role == NOBODY
    credentials = at_contoso("guest" if nobody else role)
    if role == OPERATOR:
        credentials = add_operator()
    session, organization = sign_in(url, credentials)
    # To be ended: signing out is tested too.
    spare, _ = sign_in(url, credentials)
    buyer, payment = "", ""
    if role in MEET_ORDERS:
        admin, _ = sign_in(url, at_contoso("global-admin"))
        buyer = session
        if role == OPERATOR:
            buyer, organization = sign_in(url, at_contoso("mpn-partner-admin"))
        Shop(url, organization, admin).link()
        payment = Shop(url, organization, buyer).pay()
    desk = {"API_IS_OPERATOR": "1"} if role == OPERATOR else {}
    return desk | {
        "API_BUYER": buyer,
        "API_PAYMENT": payment,
        "API_URL": url,
        "API_ORGANIZATION": organization,
        "API_CREDENTIALS": json.dumps(credentials),
        "API_SESSION": "" if nobody else session,
        "API_SPARE": "" if nobody else spare,
        "API_KEY": "none" if nobody else session,
    }


def schemathesis(url, variables, *options):
    """Runs it; gives its report, and what it says where something is wrong."""
    with tempfile.TemporaryDirectory(prefix="membership-") as folder:
        report, described = Path(folder, "report.json"), Path(folder, "openapi.json")
        # From a file, for the address that it reads from is one that it does not test.
        described.write_text(json.dumps(description(url)))
        command = [sys.executable, "-m", "schemathesis.cli", "--no-color", "run"]
        command += [str(described), "--url", url, *options]
        command += ["--report", "json", "--report-json-path", str(report)]
        variables = os.environ | variables
        ran = subprocess.run(command, cwd=HERE, env=variables, capture_output=True, text=True)
        if not report.exists():
            sys.exit(f"schemathesis gave no report:\n{ran.stdout}\n{ran.stderr}")
        # Bodies of evidence are long.
        said = "\n".join(line[:1_000] for line in ran.stdout.splitlines())
        return json.loads(report.read_text()), said if ran.returncode else ""


def test_role(server, role):
    """On a server of its own, if there may be one: no role meets what another has changed."""
    runs = [EXAMPLES[role in THOROUGH], *([RIGHT] if role in MEET_ORDERS else [])]
    done = []
    for options in runs:
        with server() as (url, add_operator):
            variables = environment(url, role, add_operator)
            done.append(schemathesis(url, variables, *options))
    return done


def finds_planted_fault(server):
    with server() as (url, _):
        variables = environment(url, NOBODY, None) | {"API_PLANTED": "1"}
        clock = "--include-path=/api/v1/clock", "--include-method=GET", "--phases=coverage"
        return "ST108" in schemathesis(url, variables, *clock)[1]


def test(server, at_once, only):
    verdicts = []

    def verdict(well, otherwise):
        verdicts.append(well)
        if not well:
            print(otherwise)

    verdict(finds_planted_fault(server), "The planted fault was not found.")
    with server() as (url, add_operator):
        described = description(url)
    known, accepted, made = operations(described), set(), 0
    everybody = [NOBODY, *roles(described)]
    if add_operator:
        everybody.append(OPERATOR)
    else:
        # Nobody can add one to a demo that runs, and so nobody is accepted at the desk.
        accepted.update(one for one in known if DESK in one)
    everybody.sort(key=lambda role: role not in THOROUGH)
    wanted = only or everybody
    with ThreadPoolExecutor(at_once) as pool:
        for role, done in zip(wanted, pool.map(partial(test_role, server), wanted)):
            for report, said in done:
                cases, tested = report["test_cases"], report["operations"]["tested"]
                wrong = cases["with_failures"] + cases["errored"]
                made += cases["generated"]
                for operation, phases in report["valid_rates"].items():
                    if any(phase["accepted"] for phase in phases.values()):
                        accepted.add(operation)
                print(
                    f"{role:<26}{tested:>3} operations{cases['generated']:>7} requests"
                    f"{wrong:>5} failures{report['running_time']:>5.0f} s",
                    flush=True,
                )
                # It says something, too, for parts of the description that it cannot test.
                faults = f"{tested} of {len(known)} operations tested, {wrong} failures."
                right = not wrong and not said and tested == len(known)
                verdict(right, said or f"{role}: {faults}")

    if not only:
        missed = ", ".join(sorted(known - accepted))
        verdict(not missed, f"No request of anybody was accepted: {missed}.")
        verdict(made >= LEAST, f"Fewer than {LEAST:,} requests.")
    print(f"{made:,} requests to {len(known)} operations")
    print(f"{verdicts.count(True)} passed, {verdicts.count(False)} failed")
    return int(False in verdicts)


def main():
    form = argparse.RawDescriptionHelpFormatter
    options = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    where = options.add_mutually_exclusive_group(required=True)
    where.add_argument("--server", help="a membership-server to start")
    where.add_argument("--url", help="one that runs, with the demo's accounts")
    options.add_argument("--web", help="the pages for --server; not needed")
    options.add_argument("--only", type=lambda text: text.split(","), help="roles, as guest,nobody")
    options = options.parse_args()
    if options.url:
        there = options.url.rstrip("/"), None
        sys.exit(test(lambda: nullcontext(there), 1, options.only))
    server = partial(served, options.server, options.web)
    sys.exit(test(server, os.cpu_count(), options.only))


if __name__ == "__main__":
    main()
