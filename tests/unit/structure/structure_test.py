#!/usr/bin/env python3
"""The rules of the house, checked: who may include what, sizes, doc comments, final newlines.

Each rule has its reason in RULES or in its function. Run with the source folder as the only argument.
"""

import pathlib
import re
import sys

FILE_MAX = 600
FUNCTION_MAX = 70
SOURCES = ("app", "core", "ui", "tests")

# folder -> what it may include besides itself and the standard library, and why nothing else.
RULES = {
    "core/base": ({"core/base"}, "everything stands on it"),
    "core/wire": ({"core/base"}, "bytes and values only: no crypto, no state"),
    "core/crypto": ({"core/base"}, "keys know nothing of messages"),
    "core/messenger": ({"core/base"}, "the face of core holds values, so that the window needs nothing else"),
    "core/teredo": ({"core/base", "core/wire", "core/crypto", "core/messenger"}, "siblings are composed by the engine alone"),
    "core/path": ({"core/base", "core/wire", "core/crypto", "core/messenger"}, "siblings are composed by the engine alone"),
    "core/punch": ({"core/base", "core/wire"}, "siblings are composed by the engine alone"),
    "core/doorbell": ({"core/base", "core/wire", "core/crypto"}, "siblings are composed by the engine alone"),
    "core/courier": ({"core/base", "core/wire", "core/crypto"}, "siblings are composed by the engine alone"),
    "core/lan": ({"core/base", "core/wire", "core/crypto"}, "siblings are composed by the engine alone"),
    "core/nat": ({"core/base", "core/wire", "core/messenger"}, "siblings are composed by the engine alone"),
    "core/rendezvous": ({"core/base", "core/wire", "core/crypto"}, "siblings are composed by the engine alone"),
    "core/tcp": ({"core/base", "core/wire"}, "siblings are composed by the engine alone"),
    "core/quic": ({"core/base", "core/wire", "core/crypto"}, "siblings are composed by the engine alone"),
    "core/gateway": ({"core/base", "core/wire", "core/crypto", "core/messenger"}, "siblings are composed by the adapter alone: it needs no engine"),
    "core/engine": (
        {"core/base", "core/wire", "core/crypto", "core/messenger", "core/teredo", "core/path", "core/nat", "core/rendezvous",
         "core/quic", "core/courier", "core/doorbell", "core/lan", "core/punch", "core/tcp"},
        "sans-I/O: a simulation replays it",
    ),
    "core/io": (
        {"core/base", "core/wire", "core/crypto", "core/messenger", "core/teredo", "core/path", "core/rendezvous", "core/quic",
         "core/engine", "core/gateway", "core/lan", "core/tcp"},
        "an adapter; it does not know the other one",
    ),
    "core/store": ({"core/base", "core/messenger", "core/crypto"}, "an adapter; it does not know the other one"),
    "ui": ({"core/base", "core/messenger", "ui"}, "the window sees values and commands, never protocol or disk"),
}

# header name -> the folders that may include it, and why.
LIBRARIES = {
    r"Q[A-Z]\w+|Qt\w+/.*|qt6keychain/.*": (("core/io", "core/store", "ui", "app", "tests/unit/app", "tests/unit/io",
                                               "tests/unit/ui", "tests/window"), "protocol code is without Qt"),
    r"ngtcp2/.*": (("core/quic",), "no ngtcp2 type leaves its folder"),
    r"sodium\.h": (("core/crypto", "core/io", "tests"), "one place for cryptography"),
    r"sqlite3\.h": (("core/store", "tests/unit/store"), "one place for SQL"),
    r"ZXing/.*": (("ui/desktop",), "one place for codes"),
    r"miniupnpc/.*": (("core/io",), "one place for routers"),
    r"sys/.*|netinet/.*|arpa/.*|net/.*|linux/.*|poll\.h|unistd\.h|fcntl\.h|winsock2\.h": (
        ("core/io", "core/store", "app", "tests"), "system calls live in adapters"),
    r"chrono|ctime|thread|mutex": (
        ("core/base/instant.h", "core/io", "core/store", "app", "tests", "core/messenger", "ui"), "protocol code has no clock and no thread"),
}

INCLUDE = re.compile(r'^\s*#include\s+[<"]([^>"]+)[>"]', re.M)


def source_files(root):
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


def folder_of(name):
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def check_includes(name, text):
    folder = folder_of(name)
    for included in INCLUDE.findall(text):
        if folder in RULES and included.startswith(("core/", "ui/", "app/", "tests/")):
            allowed, reason = RULES[folder]
            target = folder_of(included)
            if target not in allowed and target != folder:
                yield f"{name}: includes {included}; {folder} may not, because {reason}"
        for pattern, (places, reason) in LIBRARIES.items():
            if re.fullmatch(pattern, included) and not name.startswith(places):
                yield f"{name}: includes <{included}>; only {', '.join(places)} may, because {reason}"


def check_file_size(name, text):
    lines = text.count("\n")
    if lines > FILE_MAX:
        yield f"{name}: {lines} lines, at most {FILE_MAX}: split it by concern"


def check_function_sizes(name, text):
    """A function body is what stands between a line that ends in '{' in the first columns and the '}' that closes it."""
    start, head = None, ""
    for number, line in enumerate(text.split("\n"), 1):
        opens = re.match(r"^( {0,4})(?!namespace|class|struct|enum|union|extern|#|//)\S.*\)( const| override| noexcept| final)*( ->.*)? \{$", line)
        if start is None and opens:
            start, head = number, line.strip()
            indent = "" if head.startswith(":") else opens.group(1)  # a constructor's initializers
        elif start is not None and line.rstrip() in (indent + "}", indent + "};"):
            if number - start > FUNCTION_MAX:
                yield f"{name}:{start}: {number - start} lines in \"{head[:60]}\", at most {FUNCTION_MAX}"
            start = None


def check_doc_comments(name, text):
    """Every public type of a header says what it is, right above it."""
    if not name.endswith(".h") or name.startswith("tests/") and "/support/" not in name and "/sim/" not in name:
        return
    lines = text.split("\n")
    depth_private = False
    for number, line in enumerate(lines):
        if re.match(r"^private:", line.strip()):
            depth_private = True
        if re.match(r"^(public|protected):", line.strip()) or line.startswith("};"):
            depth_private = False
        declares = re.match(r"^( {0,4})(?:class|struct|enum class|union) (\w+)(?: final)?(?: : [^;]*)?(?: \{.*)?$", line)
        if not declares or depth_private or line.rstrip().endswith(";") and "{" not in line:
            continue
        above = number - 1
        while above >= 0 and lines[above].startswith("template"):
            above -= 1
        if not lines[above].strip().startswith(("///", "//")):
            yield f"{name}:{number + 1}: {declares.group(2)} has no doc comment"


def check_form(name, text):
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield f"{name}: must end with exactly one newline"
    if "\t" in text:
        yield f"{name}: has a tab"
    if name.endswith(".h") and "#pragma once" not in text:
        yield f"{name}: has no #pragma once"
    if not text.startswith(("//", "#", "/*")) and name.endswith(".h"):
        yield f"{name}: does not open with what it is"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    complaints, count = [], 0
    for path in source_files(root):
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        count += 1
        for check in (check_includes, check_file_size, check_function_sizes, check_doc_comments, check_form):
            complaints.extend(check(name, text))
    print("\n".join(complaints))
    print(f"{count} files, {len(complaints)} complaints")
    return 1 if complaints or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
