#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every C file is formatted as .clang-format says."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import sources
from sources import lift_tap

# Each version of clang-format has its own opinions; this is the one of Debian 12.
VERSION = '14'


def formatter():
    for name in (f'clang-format-{VERSION}', 'clang-format'):
        path = shutil.which(name)
        if path:
            words = subprocess.run([path, '--version'], capture_output=True, text=True, check=True).stdout
            found = re.search(r'version (\d+)', words)
            if found and found.group(1) == VERSION:
                return path
    raise lift_tap.Skip(f'clang-format {VERSION} is not installed')


def misformatted(paths, root):
    done = subprocess.run([formatter(), '--dry-run', '--Werror', '--style=file', *paths], cwd=root,
                          capture_output=True, text=True, check=False)
    named = sorted(set(re.findall(r'^(\S+?):\d+:\d+: error: ', done.stderr, re.M)))
    if done.returncode != 0 and not named:
        raise AssertionError(done.stderr)
    return named


def sources_are_formatted():
    """All C files are formatted"""
    sources.complain(misformatted(sources.tracked('.c', '.h'), sources.ROOT),
                     'run clang-format -i on these files:')


def a_fault_is_found():
    """A badly formatted file is found, a good one is not"""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(os.path.join(sources.ROOT, '.clang-format'), folder)
        for name, text in (('good.c', 'static int answer = 42;\n'), ('bad.c', 'static  int answer=42 ;\n')):
            with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                file.write(text)
        assert misformatted(['good.c', 'bad.c'], folder) == ['bad.c']


sys.exit(lift_tap.run([sources_are_formatted, a_fault_is_found]))
