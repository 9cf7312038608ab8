"""Counts checks: what every test of this folder needs.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys
import tempfile

from engines import Skip

failed = 0
count = 0


def check(ok, what, got=""):
    global failed, count
    count += 1
    if not ok:
        failed += 1
        print(f"{what}{': got ' if got != '' else ''}{got}")


def equal(what, got, wanted):
    check(got == wanted, what, f"{got!r}, wanted {wanted!r}")


def run_test(body):
    """Runs body(folder) and ends the program: 0, 1 a check failed, 77 the program is not there."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            body(folder)
        except Skip as why:
            print(f"SKIPPED: {why}")
            sys.exit(77)
    print(f"{count} checks, {failed} failed")
    sys.exit(1 if failed or not count else 0)
