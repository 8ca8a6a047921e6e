#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every source file begins with its copyright and licence."""
import os
import re
import sys

import sources
from sources import lift_tap

COPYRIGHT = 'SPDX-FileCopyrightText: 2026 The LiftLogger authors'
LICENCE = 'SPDX-License-Identifier: '
GPL = 'GPL-3.0-or-later'
SUFFIXES = ('.c', '.h', '.py', '.sh', '.ui', '.css', '.xml', '.in', '.svg', '.sql', '.build', '.supp',
            'meson_options.txt', 'packages.txt')
# Text for app stores has to be free of conditions.
OTHER_LICENCES = {'.metainfo.xml.in': 'CC0-1.0'}
# Valgrind and the sanitizers take no other line than suppressions; JSON has no comments.
WITHOUT = ('.supp', '.json', '.json.in')


def is_source(path, text):
    if path.endswith(WITHOUT):
        return False
    return path.endswith(SUFFIXES) or text.startswith('#!')


def licence_of(path):
    return next((name for suffix, name in OTHER_LICENCES.items() if path.endswith(suffix)), GPL)


def fault(path, text):
    """Returns what is wrong with the head of a file, or None."""
    lines = text.splitlines()
    licence = licence_of(path)
    if path.endswith(('.c', '.h')):
        wanted = [f'/* {COPYRIGHT} */', f'/* {LICENCE}{licence} */']
        return None if lines[:2] == wanted else 'must begin with the two lines of every C file'
    if lines and re.match(r'#!|<\?xml', lines[0]):
        del lines[0]
    # In JSON-like and XML files a line may open an element first.
    head = lines[:4]
    for wanted in (COPYRIGHT, LICENCE + licence):
        if not any(re.search(re.escape(wanted) + r'( -->| \*/)?$', line) for line in head):
            return f'lacks "{wanted}" at its head'
    return None


def sources_have_licences():
    """Each source file names its copyright and licence at its head"""
    faults = []
    for path in sources.tracked():
        text = sources.read(path)
        if is_source(path, text):
            words = fault(path, text)
            if words:
                faults.append(f'{path}: {words}')
    sources.complain(faults, 'add the SPDX lines that the neighbours have:')


def licences_are_here():
    """The text of each licence in use is in LICENSES, and no other"""
    used = {GPL, *OTHER_LICENCES.values()}
    here = {os.path.splitext(name)[0] for name in os.listdir(os.path.join(sources.ROOT, 'LICENSES'))}
    assert used == here, f'used {sorted(used)}, in LICENSES {sorted(here)}'


def faults_are_found():
    """A missing, a misplaced and a wrong line are found"""
    good = f'/* {COPYRIGHT} */\n/* {LICENCE}{GPL} */\nint answer;\n'
    assert fault('good.c', good) is None
    assert fault('late.c', '\n' + good)
    assert fault('other.c', good.replace(GPL, 'MIT'))
    assert fault('none.py', 'print()\n')
    assert fault('good.py', f'#!/bin/sh\n# {COPYRIGHT}\n# {LICENCE}{GPL}\n') is None
    assert fault('a.metainfo.xml.in', f'<!-- {COPYRIGHT} -->\n<!-- {LICENCE}{GPL} -->\n')


sys.exit(lift_tap.run([sources_have_licences, licences_are_here, faults_are_found]))
