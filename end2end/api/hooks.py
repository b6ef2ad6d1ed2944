"""What schemathesis cannot know: who is signed in, which organizations and tags there are.

Valid requests are made to meet something that is there, most of the time. What is meant to be
wrong in a request stays as it is.
"""

import base64
import hmac
import itertools
import json
import os
import re
import time
import zlib
from functools import cache

import requests
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation as Location
from shop import ACCOUNT, COOKIE, OFFER, PROFILE, PROOF, Desk, Shop, event, statement

URL = os.environ["API_URL"]
ORGANIZATION = os.environ["API_ORGANIZATION"]
# Two of the tested role, one of them to be ended; empty for nobody.
SESSION = os.environ["API_SESSION"]
SPARE = os.environ["API_SPARE"]
CREDENTIALS = json.loads(os.environ["API_CREDENTIALS"])
# The session of who buys, where the tested role would meet what is bought; and a payment by card.
BUYER = os.environ["API_BUYER"]
PAYMENT = os.environ["API_PAYMENT"]
IS_OPERATOR = "API_IS_OPERATOR" in os.environ
HTTP = requests.Session()
KEYS = itertools.count()
# Orders by their id, as they were when they were met.
DRAFTS = {}

SHOP = Shop(URL, ORGANIZATION, BUYER) if BUYER else None
DESK = Desk(SHOP, SESSION) if SHOP and IS_OPERATOR else None
# What is to be there for each operation on an order.
ORDERS = {
    "replace_order_answers": lambda: SHOP.draft(),
    "create_order_placement": lambda: SHOP.draft(),
    "replace_order_method": lambda: SHOP.placed("wire"),
    "replace_order_proof": lambda: SHOP.placed("wire"),
    "delete_order": lambda: SHOP.placed("wire"),
    "create_order_attempt": lambda: SHOP.placed("card"),
    "delete_order_attempt": lambda: SHOP.paying(),
    "create_order_payment_check": lambda: SHOP.paying(),
    "get_transfer_proof": lambda: proved(),
}

ALONE = ("create_session", "create_invitation_acceptance")
IMPORTS = ("create_import", "create_import_preview")

# Of whoever may make one at all: all of them see who can act for the organization.
TOKEN = {"name": "Export", "permissions": ["view_users"], "days": 1}
# Who asks for roles, and stays as the demo has made it.
COLLEAGUE = CREDENTIALS | {"email": "default-user@contoso.example"}
# Whose password is reset: nobody who is tested.
FORGETFUL = "mpn-partner-admin@tailspin.example"
# The demo's own is published, and so nobody may choose it.
CHOSEN = "a lantern in the fog"

# For parameters that are any text to the description.
PARAMETERS = {
    "program": ["azure-expert-msp", "solutions-partner-modern-work", "specialization-sap"],
    "person": ["person-01", "person-07"],
    "customer": ["fabrikam-dental", "fabrikam-bakery"],
    "part": ["people", "customers", "usage", "profile", "memberships", "figures"],
    "day": ["2023-12-01", "2024-02-29", "1990-01-01", "2100-12-31"],
    "people": ["dp-203*3", "dp-203*3,az-104*-1"],
    "measures": ["azure-net-adds.all*2"],
    "met": ["azure-expert-msp.audit"],
    "search": ["az", "teams"],
    "area": ["modern-work", "security"],
    "counts": ["yes", "no"],
    "sort": ["name"],
    "order": ["desc"],
    "format": ["csv"],
    "name": ["learn.csv"],
    "dates": ["day_first", "month_first"],
    "decimals": ["point", "comma"],
    "similar_names": ["different", "refused"],
    "rows": ["add", "remove"],
    "until": ["2026-06-30", "2030-12-31"],
}

# Exports that can be read: with a line that is refused, with a number and a day that can be read in
# two ways.
FILES = [
    "TrainingTitle,TrainingCompletionDate,CorpEmail,Name\n"
    "AZ-104,2023-06-01,kim@contoso.example,Kim\nAZ-999,2023-06-01,=1+1,Kim\n",
    "Customer;Workload;Association;Month;Revenue;Users\nfabrikam;teams;pal;2023-10;1,234;7\n",
    "TrainingTitle\tTrainingCompletionDate\tEmail\tName\n"
    "DP-203\t03/04/2023\tlee@contoso.example\tLee\n",
]

# To import, whatever day the demo's clock was set to.
SOMEBODY = '{"people": [{"id": "kim", "name": "Kim"}]}'


def pick(value, choices, times=7, of=8):
    """Mostly one of the choices: always the same for the same value, so that runs are the same."""
    number = zlib.crc32(repr(value).encode())
    return choices[number // of % len(choices)] if choices and number % of < times else value


def one_in(value, many):
    """Now and then: always the same for the same value."""
    return zlib.crc32(repr(value).encode()) % many == 0


@schemathesis.hook
def before_load_schema(context, raw_schema):
    # run.py insists that this is found.
    if "API_PLANTED" in os.environ:
        raw_schema["components"]["schemas"]["Clock"]["properties"]["now"] = {"type": "integer"}


@cache
def read(path):
    return HTTP.get(URL + path, cookies={COOKIE: SESSION}, timeout=30)


@schemathesis.hook
def after_call(context, case, response):
    # Most writes are refused, or are imports of nothing: what was read still holds then.
    nothing = response.status_code >= 300 or b'"imported":false' in response.content
    if case.method != "GET" and not nothing:
        read.cache_clear()
    if name(case) in ("create_recovery_codes", "replace_totp") and response.status_code < 300:
        # With it on, nobody signs in by a password alone.
        HTTP.delete(f"{URL}/api/v1/account/totp", cookies={COOKIE: SESSION}, timeout=30)
    if name(case) == "replace_clock" and SHOP:
        SHOP.is_late = True
    if name(case) == "replace_password" and response.status_code < 300:
        CREDENTIALS["password"] = CHOSEN


@schemathesis.hook
def before_call(context, case, kwargs):
    def valid(location):
        return case.meta is None or not case.meta.is_negative_at(location)

    operation = name(case)
    path = case.path_parameters
    # Before too many links are asked for.
    token()
    if operation == "create_recovery_codes" or (IS_OPERATOR and "/operator/" in case.path):
        two_step()
    if valid(Location.PATH):
        if "organization" in path:
            path["organization"] = pick(path["organization"], [ORGANIZATION])
        if "import" in path:
            path["import"] = pick(path["import"], imports())
        if "session" in path:
            path["session"] = pick(path["session"], sessions())
        if "location" in path:
            path["location"] = pick(path["location"], locations())
        if "user" in path:
            path["user"] = pick(path["user"], users())
        if "role" in path:
            path["role"] = pick(path["role"], ["report_viewer", "referrals_user"])
        if "invitation" in path:
            path["invitation"] = pick(path["invitation"], invitations())
        if "token" in path:
            path["token"] = pick(path["token"], tokens())
        if "request" in path:
            path["request"] = pick(path["request"], requested())
        if SHOP and not one_in(path, 8):
            path.update(bought(operation, path))
        if operation == "create_gateway_event":
            path["gateway"] = pick(path["gateway"], ["sandbox"])
    for values, location in ((path, Location.PATH), (case.query, Location.QUERY)):
        # Of two things that are called order one is an order of rows.
        known = PARAMETERS.keys() - ({"order"} if values is path else set())
        for key in known & values.keys() if valid(location) else ():
            values[key] = pick(values[key], PARAMETERS[key], 3, 4)
    if valid(Location.BODY):
        case.body = body(operation, case.body, path)
        if operation == "create_gateway_event":
            # What is not signed is refused, whatever it says.
            case.body, signature = event(PAYMENT or "sbx_unknown")
            case.headers["Sandbox-Signature"] = signature
        if operation == "replace_order_proof" and SHOP:
            case.body = pick(case.body, [PROOF])
            if valid(Location.QUERY) and not one_in(case.query, 4):
                day = f"{SHOP.year}-06-01"
                case.query |= {"paid_on": day, "account": ACCOUNT, "transaction": "FT2331900042"}
    if "If-Match" in case.headers and valid(Location.HEADER):
        tag = read(resource(operation, path)).headers.get("ETag")
        case.headers["If-Match"] = pick(case.headers["If-Match"], [tag] if tag else [])
    key = case.headers.get("Idempotency-Key", "")
    if re.fullmatch(r"[!-~]{1,128}", key) and valid(Location.HEADER):
        # One of its own for each request: chance would name many alike. One that can't be used is
        # meant so, also where nothing says it.
        case.headers["Idempotency-Key"] = str(next(KEYS))
    if valid(Location.COOKIE):
        sign(operation, case.cookies)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # Any text is a file: what cannot be used of it is told line by line, with 200.
    negated = case.meta is not None and case.meta.is_negative_at(Location.BODY)
    file = name(case) in IMPORTS and negated
    # Where the description takes any text, nothing wrong could be made of it.
    right = case.meta is not None and not any(case.meta.is_negative_at(one) for one in Location)
    return not ((file or right) and isinstance(failure, AcceptedNegativeData))


@schemathesis.serializer("application/xml", "application/pdf", "image/png", "image/jpeg")
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer("application/pdf", "image/png", "image/jpeg")
def file(context, response):
    return response.content.decode("latin-1")


def name(case):
    return case.operation.definition.raw["operationId"]


def imports():
    address = f"/api/v1/organizations/{ORGANIZATION}/imports"
    there = read(address)
    if there.ok and not there.json()["items"]:
        # So that there is something to undo, whatever chance finds.
        headers = {"Content-Type": "application/json", "If-Match": there.headers["ETag"]}
        cookies = {COOKIE: SESSION}
        HTTP.post(URL + address, SOMEBODY, headers=headers, cookies=cookies, timeout=30)
        read.cache_clear()
        there = read(address)
    return [one["id"] for one in there.json()["items"]] if there.ok else []


def sessions():
    """The caller's own but for the one that asks."""
    address = "/api/v1/account/sessions"
    there = read(address)
    if there.ok and len(there.json()["items"]) == 1:
        # So that there is something to end. Not by HTTP, which would keep the cookie.
        requests.post(f"{URL}/api/v1/session", json=CREDENTIALS, timeout=30)
        read.cache_clear()
        there = read(address)
    return [one["id"] for one in there.json()["items"] if not one["this"]] if there.ok else []


def users():
    """Others of the organization: who removes oneself is refused everything afterwards."""
    there = read(f"/api/v1/organizations/{ORGANIZATION}/users?sort=email&order=desc")
    return [one["id"] for one in there.json()["items"] if not one["is_you"]] if there.ok else []


def invitations():
    """With an open one, so that there is something to withdraw and to send again."""
    address = f"/api/v1/organizations/{ORGANIZATION}/invitations"
    invite(f"{next(KEYS)}@fabrikam.example")
    there = read(address)
    return [one["id"] for one in there.json()["items"]][:3] if there.ok else []


def invite(email):
    address = f"{URL}/api/v1/organizations/{ORGANIZATION}/invitations"
    invited = {"emails": [email], "roles": []}
    sent = write(address, invited)
    read.cache_clear()
    return sent.ok


def tokens():
    """With one of the caller's own, so that there is something to revoke."""
    address = f"/api/v1/organizations/{ORGANIZATION}/tokens"
    write(URL + address, TOKEN)
    read.cache_clear()
    there = read(address)
    return [one["id"] for one in there.json()["items"]][:3] if there.ok else []


def requested():
    """With one that waits of the caller's own and one of somebody else, who can't decide alone."""
    address = f"/api/v1/organizations/{ORGANIZATION}/requests"
    ask = {"role": "referrals_user", "reason": "To see referrals."}
    write(URL + address, ask)
    write(URL + address, ask, colleague())
    read.cache_clear()
    there = read(address).json()["items"] if read(address).ok else []
    waiting = [one for one in there if one["state"] == "pending"]
    # Nobody decides on one's own, and whoever may not decide meets only those.
    decidable = [one for one in waiting if one["is_yours"]]
    return [one["id"] for one in decidable or waiting]


@cache
def colleague():
    """The session of somebody who has no role and asks for one."""
    return write(f"{URL}/api/v1/session", COLLEAGUE, "").cookies.get(COOKIE, "")


def write(address, body, session=SESSION):
    """On a connection of its own: the server closes one on which it refused before it read all."""
    cookies = {COOKIE: session} if session else {}
    return requests.post(address, json=body, cookies=cookies, timeout=30)


def invited():
    """The token of an invitation of somebody new, out of the demo's mailbox."""
    email = f"new-{next(KEYS)}@fabrikam.example"
    return mailed(email) if invite(email) else "none"


@cache
def token():
    """Of a link to reset a password, out of the demo's mailbox."""
    body = {"email": FORGETFUL}
    HTTP.post(f"{URL}/api/v1/account/password-reset", json=body, timeout=30)
    return mailed(FORGETFUL)


def mailed(email):
    """The token of the link that was mailed to somebody."""
    for _ in range(100):
        listed = HTTP.get(f"{URL}/mailbox", timeout=30).text
        for mail in re.findall(r'"(/mailbox/[0-9a-f-]{36})"', listed)[:5]:
            shown = HTTP.get(URL + mail, timeout=30).text
            found = re.search(r"/link#([\w-]{43})", shown)
            if found and email in shown:
                return found[1]
        time.sleep(0.1)
    return "none"


def app_code():
    """What an authenticator app shows that was just set up; nothing where that is done already."""
    totp = f"{URL}/api/v1/account/totp"
    begun = HTTP.post(totp, cookies={COOKIE: SESSION}, timeout=30)
    if not begun.ok:
        return None
    key = base64.b32decode(begun.json()["secret"])
    step = int(time.time()) // 30
    digest = hmac.new(key, step.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def two_step():
    """Turns two-step sign-in on."""
    there = read("/api/v1/account/totp")
    is_on = there.ok and there.json()["since"]
    code = None if is_on else app_code()
    if code:
        totp = f"{URL}/api/v1/account/totp"
        HTTP.put(totp, json={"code": code}, cookies={COOKIE: SESSION}, timeout=30)
        read.cache_clear()


def bought(operation, path):
    """What is in an address of something that is bought, or paid."""
    there = {}
    if "order" in path:
        order = ORDERS[operation]() if operation in ORDERS else None
        read.cache_clear()
        if operation not in ORDERS:
            order = pick(path["order"], orders(), 8)
        if isinstance(order, dict):
            there["order"] = order["id"]
            DRAFTS[order["id"]] = order
            if "attempt" in path and "attempt" in order:
                there["attempt"] = order["attempt"]["id"]
    if "bill" in path:
        bill = pick(path["bill"], bills(operation == "get_bill_xml"), 8)
        there["bill"] = bill
    if DESK and "entry" in path:
        state = "to_return" if operation == "delete_bank_decision" else "unmatched"
        there["entry"] = DESK.entry(state) or path["entry"]
    if DESK and "receipt" in path:
        there["receipt"] = DESK.parked() or path["receipt"]
    return there


def orders():
    """All that the caller sees."""
    if DESK:
        there = read("/api/v1/operator/orders")
        return [one["order"] for one in there.json()["items"]] if there.ok else []
    there = read(f"/api/v1/organizations/{ORGANIZATION}/orders")
    return there.json()["items"] if there.ok else []


def proved():
    """An order with a proof of its transfer."""
    for order in orders():
        if "proof" in order:
            return order
    order = SHOP.placed("wire")
    if order:
        SHOP.prove(order)
    return order


def bills(with_xml):
    there = read(f"/api/v1/organizations/{ORGANIZATION}/bills")
    wanted = "has_xml" if with_xml else "has_files"
    return [one["id"] for one in there.json()["items"] if one[wanted]] if there.ok else []


def locations():
    there = read(f"/api/v1/organizations/{ORGANIZATION}")
    return [one["id"] for one in there.json()["locations"]] if there.ok else []


def resource(operation, path):
    """The address of what a write changes."""
    organization = f"/api/v1/organizations/{ORGANIZATION}"
    return organization + {
        "replace_evidence": "/evidence",
        "create_import": "/evidence",
        "replace_evidence_part": f"/evidence/{path.get('part')}",
        "replace_billing_profile": "/billing-profile",
        "replace_order_answers": f"/orders/{path.get('order')}",
        "replace_order_method": f"/orders/{path.get('order')}",
        "create_order_placement": f"/orders/{path.get('order')}",
    }.get(operation, "")


def body(operation, generated, path):
    """Now and then a body that can be used, where chance alone would hardly ever find one."""
    if operation == "create_session":
        return pick(generated, [CREDENTIALS], 1, 4)
    password = CREDENTIALS["password"]
    always = {
        # Wrong ones would soon be too many.
        "create_proof": {"password": password},
        "replace_password": {"old": password, "new": CHOSEN},
        # Otherwise admins would see nothing any more.
        "replace_sign_in_policy": {"admins_need_second_factor": False},
    }
    if operation in always:
        return always[operation]
    if operation == "create_link_look":
        return pick(generated, [{"token": token()}], 1, 2)
    if operation == "create_invitation_acceptance":
        known = {"token": invited(), "name": "Kim", "password": CHOSEN} if one_in(generated, 8) else 0
        return known or generated
    if operation == "create_invitation_refusal":
        return {"token": invited()} if one_in(generated, 2) else generated
    if operation == "create_invitations":
        one = f"{next(KEYS)}@contoso.example"
        return pick(generated, [{"emails": [one], "roles": [{"role": "report_viewer"}]}], 1, 4)
    if operation == "create_token":
        return pick(generated, [TOKEN], 1, 2)
    if operation == "create_request":
        asked = {"role": "referrals_admin", "reason": "To see referrals."}
        return pick(generated, [asked], 1, 4)
    if operation == "create_request_decision":
        return pick(generated, [{"approve": True}, {"approve": False, "note": "No."}], 1, 2)
    if operation == "replace_user_role":
        return pick(generated, [{}], 1, 2)
    if operation == "replace_forgotten_password":
        return pick(generated, [{"token": token(), "password": CHOSEN}], 1, 2)
    if operation == "create_password_reset":
        return pick(generated, [{"email": f"nobody-{next(KEYS)}@contoso.example"}], 1, 4)
    if operation == "replace_totp":
        code = app_code()
        return {"code": code} if code else generated
    if operation == "create_location":
        return pick(generated, [{"name": "Porto", "country": "PT", "address": "Rua 1"}], 1, 4)
    if operation == "update_location":
        return pick(generated, [{"name": "Porto Norte"}, {"address": "Rua 2"}], 1, 4)
    if operation == "create_change_preview":
        return pick(generated, [{"name": "Contoso Consulting"}], 1, 4)
    if operation == "replace_billing_profile":
        return pick(generated, [PROFILE], 1, 2)
    if SHOP and operation in BOUGHT:
        return BOUGHT[operation](generated, path)
    if operation in IMPORTS and isinstance(generated, str | bytes):
        return pick(generated, FILES, 1, 2)
    if operation in ("replace_evidence", "replace_evidence_part"):
        there = read(resource(operation, path))
        return pick(generated, [there.json()] if there.ok else [], 1, 2)
    return generated


def begun(generated, path):
    usable = pick(generated, [{"offer": OFFER, "method": "card"}], 1, 2)
    if usable != generated:
        # Where another one is open, none can be begun.
        SHOP.draft()
    return usable


def placement(generated, path):
    draft = DRAFTS.get(path.get("order"))
    if draft is None:
        return generated
    seen = {"total": draft["total"], "agreement": draft["quote"]["agreement"]}
    return pick(generated, [seen], 3, 4)


def decision(generated, path):
    number = (SHOP.placed("wire") or {}).get("number", "")
    assigned = {"decision": "assign", "order_number": number}
    choices = [assigned, {"decision": "return"}, {"decision": "returned"}, {"decision": "fee"}]
    chosen = pick(generated, choices, 1, 2)
    if DESK and chosen in choices[2:] and "entry" in path:
        # These are about money that left.
        path["entry"] = DESK.entry("outgoing") or path["entry"]
    return chosen


def parked_decision(generated, path):
    number = (SHOP.placed("wire") or {}).get("number", "")
    return pick(generated, [{}, {"keep": True}, {"order_number": number}], 1, 2)


BOUGHT = {
    "create_order": begun,
    "replace_order_answers": lambda generated, path: pick(
        generated, [{"offer": OFFER, "method": "card", "purchase_order": "PO 7"}], 1, 2
    ),
    "create_order_placement": placement,
    "replace_order_method": lambda generated, path: pick(
        generated, [{"method": "card"}, {"method": "wire"}], 1, 2
    ),
    "create_bank_decision": decision,
    "create_parked_decision": parked_decision,
    "create_bank_statement": lambda generated, path: pick(
        generated, [statement([(10_00, "membership")])], 1, 2
    ),
}


def sign(operation, cookies):
    """Who asks, where the configured session is not enough to say so."""
    if operation == "get_session" and SESSION:
        cookies[COOKIE] = SESSION
    elif operation == "delete_session" and SPARE:
        cookies[COOKIE] = SPARE
    elif operation in ALONE or not SESSION:
        # Signing in would end the browser's old session, which is the role's own; and an invitation
        # is for nobody who is signed in already.
        cookies.pop(COOKIE, None)
