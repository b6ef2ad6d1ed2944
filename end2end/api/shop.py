"""Buys for the tested organization, and has the bank tell of money: so that requests meet orders,
payments, bills and entries that are there.
"""

import hashlib
import hmac
import itertools
import json
import time

import requests

COOKIE = "__Host-session"
OFFER = "action-pack"
PROFILE = {
    "sold_to": {"street": "1 Pier Road", "city": "Seattle", "postal_code": "98101", "region": "WA"},
    "email": "billing@contoso.example",
}
# What a transfer is proved with: the file is what it begins with.
PROOF = "%PDF-1.7 the bank's confirmation"
# The account of the demo's seller to which transfers in dollars go.
ACCOUNT = "000123456789"
NUMBERS = itertools.count(1)


class Shop:
    """Somebody who buys one offer again and again."""

    def __init__(self, url, organization, session):
        self.url, self.session = url, session
        self.home = f"/api/v1/organizations/{organization}"
        # What was bought before the demo's day has ended by then, and can be bought anew.
        self.year = 2026
        self.is_late = True

    def ask(self, method, path, said=None, data=None, **headers):
        """On a connection of its own: the server closes one on which it refused before it read all."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        cookies = {COOKIE: self.session}
        more = {"json": said} if data is None else {"data": data}
        address = self.url + path
        return requests.request(method, address, headers=headers, cookies=cookies, timeout=30, **more)

    def keyed(self, method, path, said=None, data=None):
        key = f"shop-{next(NUMBERS)}-{time.monotonic_ns()}"
        return self.ask(method, path, said, data, Idempotency_Key=key)

    def link(self):
        """The billing profile, by a Global admin."""
        path = f"{self.home}/billing-profile"
        tag = self.ask("GET", path).headers["ETag"]
        return self.ask("PUT", path, PROFILE, If_Match=tag).ok

    def at_its_day(self):
        """Sets the demo's clock, which requests under test set, too."""
        if self.is_late:
            now = {"now": f"{self.year}-06-01T09:00:00Z"}
            self.is_late = not self.ask("PUT", "/api/v1/clock", now).ok

    def under_way(self):
        """Orders that wait for their payment."""
        there = self.ask("GET", f"{self.home}/purchasing")
        return there.json()["open_orders"] if there.ok else []

    def draft(self, method="wire"):
        """A draft with a price that is held; nothing where that cannot be."""
        for _ in range(8):
            self.at_its_day()
            said = {"offer": OFFER, "method": method}
            begun = self.keyed("POST", f"{self.home}/orders", said)
            if begun.ok:
                return begun.json()
            open_orders = self.under_way()
            for one in open_orders:
                self.cancel(one["id"])
            if not open_orders:
                # It is held: two years later it is not any more, nor can it be renewed.
                self.year += 2
                self.is_late = True
        return None

    def cancel(self, order):
        return self.keyed("DELETE", f"{self.home}/orders/{order}")

    def placed(self, method):
        """An order that waits for its payment, and was not tried to be paid."""
        for one in self.under_way():
            order = self.ask("GET", f"{self.home}/orders/{one['id']}").json()
            is_fit = order["answers"]["method"] == method and order["state"] == "awaiting_payment"
            if is_fit and one["offer"] == OFFER:
                return order
        draft = self.draft(method)
        if draft is None:
            return None
        said = {"total": draft["total"], "agreement": draft["quote"]["agreement"]}
        order = self.keyed("POST", f"{self.home}/orders/{draft['id']}/placement", said)
        return order.json() if order.ok else None

    def paying(self):
        """An order whose payment by card has begun."""
        for one in self.under_way():
            order = self.ask("GET", f"{self.home}/orders/{one['id']}").json()
            if order["state"] == "paying" and "redirect" in order.get("attempt", {}):
                return order
        order = self.placed("card")
        if order is None:
            return None
        begun = self.keyed("POST", f"{self.home}/orders/{order['id']}/attempts")
        return begun.json() if begun.ok else None

    def pay(self):
        """Buys by card and waits for the bills; gives the provider's id of the payment."""
        order = self.paying()
        page = order["attempt"]["redirect"]
        self.ask("POST", page, data={"card": "success"})
        path = f"{self.home}/orders/{order['id']}"
        self.ask("POST", f"{path}/payment-check")
        for _ in range(100):
            bills = self.ask("GET", path).json()["bills"]
            if any(bill["has_xml"] for bill in bills) and all(bill["has_files"] for bill in bills):
                break
            time.sleep(0.1)
        return page.rsplit("/", 1)[-1]

    def prove(self, order):
        """Shows that an order was paid by transfer, on a day that is not to come."""
        self.at_its_day()
        said = f"paid_on={self.year}-06-01&account={ACCOUNT}&transaction=FT2331900042"
        path = f"{self.home}/orders/{order['id']}/proof?{said}"
        return self.keyed("PUT", path, data=PROOF)


class Desk:
    """An operator, beside somebody who buys."""

    def __init__(self, shop, session):
        self.shop = shop
        self.operator = Shop(shop.url, "", session)

    def ask(self, method, path, said=None, data=None):
        return self.operator.ask(method, f"/api/v1/operator/{path}", said, data)

    def entry(self, state):
        """A bank entry in a state, of which a statement tells where there is none."""
        for _ in range(2):
            there = self.ask("GET", f"bank-entries?state={state}")
            if not there.ok:
                return None
            if there.json()["items"]:
                return there.json()["items"][0]["id"]
            if state == "to_return":
                said = {"decision": "return"}
                self.ask("POST", f"bank-entries/{self.entry('unmatched')}/decision", said)
            else:
                self.send([(100_00, "membership")] * 20 + [(-5_00, "fees")] * 20)
        return None

    def parked(self):
        """Money that its order did not take, for it was canceled."""
        for _ in range(2):
            there = self.ask("GET", "parked")
            if not there.ok:
                return None
            if there.json():
                return there.json()[0]["id"]
            order = self.shop.placed("wire")
            if order is None:
                return None
            self.shop.cancel(order["id"])
            self.send([(50_00, order["reference"])] * 10)
        return None

    def send(self, rows):
        return self.ask("POST", "statements", data=statement(rows))


def statement(rows):
    """A statement (camt.053) with amounts in cents, below zero for what left, and their texts. No two
    are alike.
    """
    number = next(NUMBERS)
    day = "2023-11-20"

    def money(cents):
        side = "DBIT" if cents < 0 else "CRDT"
        return f'<Amt Ccy="USD">{abs(cents) / 100:.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'

    def balance(code, cents):
        kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f"<Bal>{kind}{money(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"

    def entry(place, cents, text):
        return (
            f"<Ntry>{money(cents)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
            f"<ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>B{number}-{place}</AcctSvcrRef><NtryDtls>"
            f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{money(cents)}"
            f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )

    entries = "".join(entry(place, *row) for place, row in enumerate(rows))
    made = f"<CreDtTm>{day}T23:59:59+00:00</CreDtTm>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>S{number}</MsgId>{made}</GrpHdr>"
        f"<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>{made}"
        f"<Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id><Ccy>USD</Ccy></Acct>"
        f"{balance('OPBD', 0)}{balance('CLBD', sum(cents for cents, _ in rows))}{entries}"
        "</Stmt></BkToCstmrStmt></Document>"
    )


def event(payment):
    """What the sandbox tells of a payment, and how it signs that as it is sent."""
    said = {"id": f"evt-{next(NUMBERS)}", "payment": payment}
    at = int(time.time())
    signed = f"{at}.{json.dumps(said)}".encode()
    digest = hmac.new(b"sandbox", signed, hashlib.sha256).hexdigest()
    return said, f"t={at},v1={digest}"
