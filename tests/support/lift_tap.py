# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs functions as tests and prints the Test Anything Protocol, as the C tests do."""
import os
import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; its text says why."""


def comment(text):
    for line in str(text).splitlines():
        print('#', line)


def title(test):
    return (test.__doc__ or test.__name__).strip().splitlines()[0].rstrip('.').replace('#', '')


def run(tests):
    """Runs the tests, each named by the first line of its doc comment; returns the exit status.

    Arguments on the command line choose tests by a part of their function's name.
    """
    chosen = [test for test in tests
              if not sys.argv[1:] or any(part in test.__name__ for part in sys.argv[1:])]
    print(f'1..{len(chosen)}')
    failed = 0
    for number, test in enumerate(chosen, 1):
        try:
            test()
        except Skip as reason:
            print(f'ok {number} {title(test)} # SKIP {reason}')
        except Exception:
            failed += 1
            comment(traceback.format_exc())
            print(f'not ok {number} {title(test)}')
        else:
            print(f'ok {number} {title(test)}')
        sys.stdout.flush()
    return 1 if failed else 0


def source_root():
    """Returns the top folder of the sources."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
