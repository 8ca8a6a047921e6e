#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that each folder of src/ uses only those above it, and knows no library that is not its own."""
import os
import re
import sys

import sources
from sources import lift_tap

ORDER = ['core', 'model', 'training', 'database', 'store', 'remote', 'account', 'sync', 'exchange', 'ui']
SHARED_BY_PROGRAMS = set(ORDER)
# What a folder may use beside itself. The server shares what is neither client nor window.
ALLOWED = {folder: set(ORDER[:index]) for index, folder in enumerate(ORDER)}
ALLOWED.update(coach=SHARED_BY_PROGRAMS, athlete=SHARED_BY_PROGRAMS, cli=SHARED_BY_PROGRAMS - {'ui'},
               demo=SHARED_BY_PROGRAMS - {'ui'}, server={'core', 'model', 'training', 'database'})
# Which folders may include the headers of a library, by how the header's path begins.
WINDOWS = {'ui', 'coach', 'athlete'}
LIBRARIES = {
    'gtk/': WINDOWS,
    'gdk/': WINDOWS,
    'adwaita': WINDOWS,
    'sqlite3': {'database', 'store', 'server'},
    'libpq': {'server'},
    'libsoup/': {'remote'},
    'microhttpd': {'server'},
    'libsecret/': {'account'},
    'NetworkManager': {'sync'},
    'libnm': {'sync'},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
DEPENDENCY = re.compile(r'\blift_([a-z]+)_dep\b')


def folder_of(path):
    """Returns the folder below src/ that a path is in, or None for a file that is in src/ itself."""
    parts = path.split('/')
    return parts[1] if len(parts) > 2 and parts[0] == 'src' else None


def faults_in(files):
    """Returns the faults in files, a table of path and text."""
    homes = {os.path.basename(path): folder_of(path) for path in files if path.endswith('.h')}
    faults = []

    def complain(path, folder, target, words):
        if target is not None and target != folder and target not in ALLOWED[folder]:
            faults.append(f'{path}: {folder} must not know {target} ({words})')

    for path, text in files.items():
        folder = folder_of(path)
        if folder is None:
            continue
        if folder not in ALLOWED:
            faults.append(f'{path}: the folder {folder} has no place in the order yet')
            continue
        if path.endswith('meson.build'):
            for target in DEPENDENCY.findall(text):
                complain(path, folder, target if target in ALLOWED else None, f'lift_{target}_dep')
            continue
        for quote, header in INCLUDE.findall(text):
            if quote == '"':
                complain(path, folder, homes.get(os.path.basename(header)), header)
            for library, folders in LIBRARIES.items():
                if header.startswith(library) and folder not in folders:
                    faults.append(f'{path}: {folder} must not know the library of {header}')
    return faults


def layers_are_kept():
    """No folder of src/ uses one below it or a library that is not its own"""
    paths = [path for path in sources.tracked('.c', '.h', 'meson.build') if path.startswith('src/')]
    sources.complain(faults_in({path: sources.read(path) for path in paths}),
                     'move the code, or hand the value down from above:')


def header_names_are_unique():
    """No two headers have one name, so that a name says which folder is meant"""
    seen, faults = {}, []
    for path in sources.tracked('.h'):
        name = os.path.basename(path)
        if path.startswith('src/') and name in seen:
            faults.append(f'{path} and {seen[name]}')
        seen[name] = path
    sources.complain(faults, 'rename one of each pair:')


def faults_are_found():
    """A header from below, a foreign library and a dependency upside down are found"""
    files = {
        'src/core/lift-day.h': '',
        'src/store/lift-store.h': '#include "core/lift-day.h"\n#include <sqlite3.h>\n',
        'src/ui/lift-chart.h': '#include <gtk/gtk.h>\n#include "lift-store.h"\n',
        'src/server/core/lift-feed.c': '#include "lift-day.h"\n',
    }
    assert faults_in(files) == []
    for path, text in (('src/core/lift-bad.c', '#include "store/lift-store.h"\n'),
                       ('src/store/lift-bad.c', '#include <gtk/gtk.h>\n'),
                       ('src/server/http/lift-bad.c', '#include "lift-store.h"\n'),
                       ('src/store/meson.build', 'dependencies: [lift_core_dep, lift_sync_dep]\n'),
                       ('src/elsewhere/lift-bad.c', '')):
        found = faults_in({**files, path: text})
        assert len(found) == 1 and found[0].startswith(path), found


sys.exit(lift_tap.run([layers_are_kept, header_names_are_unique, faults_are_found]))
