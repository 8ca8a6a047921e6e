#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that docs/SYNC-PROMISES.md names files and tests that are there."""
import os
import re
import sys

import sources
from sources import lift_tap

PATH = 'docs/SYNC-PROMISES.md'
SAFEGUARDS = 'src/core/lift-ablation.h'


def rows():
    """Returns the file and the tests of each line of the tables."""
    for line in sources.read(PATH).splitlines():
        cells = [cell.strip() for cell in line.strip('|').split('|')]
        if line.startswith('| ') and len(cells) == 3 and cells[1].startswith('`'):
            yield cells[1].strip('`'), re.findall(r'`([^`]+)`', cells[2])


def tests_of_c():
    return '\n'.join(sources.read(path) for path in sources.tracked('.c') if path.startswith('tests/'))


def is_there(test, text):
    """A C test is named in one piece, or by its last word behind a prefix, or is a function."""
    if test.startswith('without '):
        return f'"{test.split()[1]}"' in sources.read(SAFEGUARDS)
    if ' ' in test:
        file, name = test.split()
        return any(f'def {name} ' in sources.read(path).replace('(', ' (')
                   for path in sources.tracked('/' + file))
    last = test.rsplit('/', 1)[-1]
    return any(re.search(pattern, text) for pattern in (
        f'"{re.escape(test)}"', f'"{re.escape(last)}"', rf'\n{last} \(|\btest_{last}\b|ADD \("[^"]*", {last}\)'))


def promises_have_tests():
    """Each promise names a file and tests that are there"""
    text = tests_of_c()
    faults = [f'{file} is not there' for file, _ in rows()
              if not os.path.exists(os.path.join(sources.ROOT, file))]
    faults += [f'{test} is no test' for _, tests in rows() for test in tests if not is_there(test, text)]
    sources.complain(faults, f'{PATH} must be mended:')


def the_table_is_read():
    """The tables are read at all, and what is not there is found"""
    assert len(list(rows())) > 50
    text = tests_of_c()
    for made_up in ('/server/push/made-up', 'without made-up', 'test_protocol.py made_up'):
        assert not is_there(made_up, text)


sys.exit(lift_tap.run([promises_have_tests, the_table_is_read]))
