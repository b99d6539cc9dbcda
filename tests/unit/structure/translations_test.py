#!/usr/bin/env python3
"""Every language is complete: each text that lupdate finds in the sources is translated, keeps what is put into it and
what makes it a key, and nothing else is kept.

Usage: translations_test.py LUPDATE SOURCE_DIR. By hand, after new texts, for each language:
lupdate -I . -locations none ui core/messenger app/culvert -ts resources/translations/culvert_de.ts
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

FOLDERS = ("ui", "core/messenger", "app/culvert")
PLURALS = {"ar": 6, "de": 2}  # how many forms a number gives a noun (CLDR)
ISOLATES = "\u2066\u2067\u2068"
END_OF_ISOLATE = "\u2069"


def messages(file):
    """(context, source, comment) -> the message's element."""
    out = {}
    for context in ElementTree.parse(file).iter("context"):
        for message in context.findall("message"):
            out[context.findtext("name"), message.findtext("source"), message.findtext("comment", "")] = message
    return out


def forms_of(message):
    translation = message.find("translation")
    return [form.text or "" for form in translation.findall("numerusform") or [translation]]


def nesting(text):
    """How many isolates are left open; below zero where one ends that never began."""
    depth = 0
    for letter in text:
        depth += (letter in ISOLATES) - (letter == END_OF_ISOLATE)
        if depth < 0:
            break
    return depth


def problems(source, message, plurals):
    """What is wrong with one translation."""
    forms = forms_of(message)
    if message.find("translation").get("type") is not None or not all(form.strip() for form in forms):
        return ["not translated"]
    out = []
    if message.get("numerus") and len(forms) != plurals:
        out.append(f"{len(forms)} plural forms instead of {plurals}")
    for form in forms:
        if sorted(re.findall(r"%\d", form)) != sorted(re.findall(r"%\d", source)):
            out.append(f"other places than the source: {form}")
        if len(re.findall("&.", form)) != len(re.findall("&.", source)):
            out.append(f"its key is lost: {form}")
        if re.findall(r"<[^>]*>", form) != re.findall(r"<[^>]*>", source):
            out.append(f"other tags than the source: {form}")
        if nesting(form) != 0:
            out.append(f"an isolate does not end: {form}")
    # The number may be in words where a form stands for one number alone.
    if message.get("numerus") and "%n" in source and "%n" not in forms[-1]:
        out.append(f"the number is lost: {forms[-1]}")
    return out


def main():
    lupdate, root = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="culvert-translations-") as folder:
        found = pathlib.Path(folder) / "found_de.ts"
        subprocess.run([lupdate, "-silent", "-I", ".", "-locations", "none", *FOLDERS, "-ts", str(found)],
                       cwd=root, check=True)
        wanted = messages(found)
    complaints = []
    for language, plurals in PLURALS.items():
        spoken = messages(root / f"resources/translations/culvert_{language}.ts")
        complaints += [f"not in {language}: {key}" for key in wanted if key not in spoken]
        complaints += [f"in {language}, but nowhere said: {key}" for key in spoken if key not in wanted]
        complaints += [f"in {language}: {key}: {problem}" for key, message in spoken.items()
                       for problem in problems(key[1], message, plurals)]
    if not any(context == "NetworkReport" for context, _, _ in wanted):
        complaints.append("the sentences of the network report were not found")
    print("\n".join(complaints))
    print(f"{len(wanted)} texts, {len(complaints)} complaints")
    return 1 if complaints or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
