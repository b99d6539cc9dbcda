#!/usr/bin/env python3
"""German is complete: every text that lupdate finds in the sources is translated, and nothing else is kept.

Usage: translations_test.py LUPDATE SOURCE_DIR. By hand, after new texts:
lupdate -I . -locations none ui core/messenger app/culvert -ts resources/translations/culvert_de.ts
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

FOLDERS = ("ui", "core/messenger", "app/culvert")


def messages(file):
    """(context, source, comment) -> the message's element."""
    out = {}
    for context in ElementTree.parse(file).iter("context"):
        for message in context.findall("message"):
            out[context.findtext("name"), message.findtext("source"), message.findtext("comment", "")] = message
    return out


def is_translated(message):
    translation = message.find("translation")
    forms = translation.findall("numerusform") or [translation]
    return translation.get("type") is None and all((form.text or "").strip() for form in forms)


def main():
    lupdate, root = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="culvert-translations-") as folder:
        found = pathlib.Path(folder) / "found_de.ts"
        subprocess.run([lupdate, "-silent", "-I", ".", "-locations", "none", *FOLDERS, "-ts", str(found)],
                       cwd=root, check=True)
        wanted = messages(found)
    german = messages(root / "resources/translations/culvert_de.ts")
    complaints = [f"not in German: {key}" for key in wanted if key not in german or not is_translated(german[key])]
    complaints += [f"translated, but nowhere said: {key}" for key in german if key not in wanted]
    if not any(context == "NetworkReport" for context, _, _ in wanted):
        complaints.append("the sentences of the network report were not found")
    print("\n".join(complaints))
    print(f"{len(wanted)} texts, {len(complaints)} complaints")
    return 1 if complaints or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
