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


def texts_of_c():
    """Returns, for each C file of the tests, what it says in quotes."""
    return [set(re.findall(r'"((?:[^"\\\n]|\\.)*)"', sources.read(path)))
            for path in sources.tracked('.c') if path.startswith('tests/')]


def is_registered(path, texts):
    """The whole path of a C test stands in one file, in one piece or as a beginning and the rest."""
    cuts = [match.end() for match in re.finditer('/', path)]
    return any(path in file or any(file & {path[:cut], path[:cut] + '%s'} and path[cut:] in file for cut in cuts)
               for file in texts)


def is_there(test, texts):
    """Whether there is a safeguard, a function of a Python program, or a test of a C program, of that name."""
    if test.startswith('without '):
        return f'"{test.split()[1]}"' in sources.read(SAFEGUARDS)
    if ' ' in test:
        file, name = test.split()
        return any(f'def {name} ' in sources.read(path).replace('(', ' (')
                   for path in sources.tracked('/' + file))
    return test.startswith('/') and is_registered(test, texts)


def promises_have_tests():
    """Each promise names a file and tests that are there"""
    texts = texts_of_c()
    faults = [f'{file} is not there' for file, _ in rows()
              if not os.path.exists(os.path.join(sources.ROOT, file))]
    faults += [f'{test} is no test' for _, tests in rows() for test in tests if not is_there(test, texts)]
    sources.complain(faults, f'{PATH} must be mended:')


def the_table_is_read():
    """The tables are read at all, and what is not there is found"""
    assert len(list(rows())) > 50
    texts = texts_of_c()
    for made_up in ('/server/push/made-up', 'without made-up', 'test_protocol.py made_up'):
        assert not is_there(made_up, texts), made_up


def whole_paths_are_looked_for():
    """A path that is put together is found; one that only ends like a test is not"""
    texts = texts_of_c()
    for good in ('/server/push/gap', '/server/check/digest', '/server/alone/infinite'):
        assert is_there(good, texts), good
    for made_up in ('/server/push/digest', '/sync/check/digest', '/server/check/infinite', 'digest', '/digest'):
        assert not is_there(made_up, texts), made_up


sys.exit(lift_tap.run([promises_have_tests, the_table_is_read, whole_paths_are_looked_for]))
