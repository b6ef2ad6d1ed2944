"""Verifies an export of the audit log: python3 verify_audit.py FILE [HEAD]"""
import hashlib, json, sys

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def value_at(entry, pointer):
    for name in pointer.split("/")[1:]:
        entry = entry[int(name)] if isinstance(entry, list) else entry[name]
    return entry

last, count, heads = bytes(32), 0, set()
for text in open(sys.argv[1], "rb"):
    line, count = json.loads(text), count + 1
    form = json.dumps(line["entry"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    entry = sha256(form.encode())
    last = sha256(last, entry)
    sealed = [line["position"], line["entry_hash"], line["hash"]]
    if not line["entry"] or sealed != [count, entry.hex(), last.hex()]:
        sys.exit(f"line {count}: changed, moved, or a line before it is missing")
    for place, kept in line["personal"].items():
        stands = sha256(bytes.fromhex(kept["salt"]), kept["value"].encode()).hex()
        if value_at(line["entry"], place) != {"sha256": stands}:
            sys.exit(f"line {count}: the personal value at {place} was changed")
    heads.add(last.hex())
if not heads.issuperset(sys.argv[2:]):
    sys.exit(f"the head isn't among these {count} entries: some are missing, or all were remade")
print(f"{count} entries, nothing was changed. Head: {last.hex()}")
