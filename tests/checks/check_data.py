#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the data that no other tool looks at: JSON files, scripts and the list of packages."""
import json
import os
import re
import subprocess
import sys
import tempfile

import sources
from sources import lift_tap


def run(*command, **kwargs):
    return subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)


def json_is_well_formed():
    """Each JSON file can be read"""
    faults = []
    for path in sources.tracked('.json'):
        try:
            json.loads(sources.read(path))
        except ValueError as error:
            faults.append(f'{path}: {error}')
    sources.complain(faults, 'mend these files:')


def modules_of(module):
    """Yields a module of a manifest and those inside it; a text names the file that holds it."""
    if isinstance(module, str):
        module = json.loads(sources.read(os.path.join('flatpak', module)))
    yield module
    for inner in module.get('modules', []):
        yield from modules_of(inner)


def manifests_agree_with_the_apps():
    """Each Flatpak manifest is for the app that its name says, and leaves the server out"""
    paths = [path for path in sources.tracked('.json') if os.path.dirname(path) == 'flatpak']
    assert len(paths) == 2, paths
    for path in paths:
        manifest = json.loads(sources.read(path))
        name = os.path.basename(path)[:-len('.json')]
        assert manifest['id'] == name
        entry = sources.read(f'data/{name}.desktop.in')
        assert f'\nExec={manifest["command"]}\n' in entry, manifest['command']
        *others, ours = [module for item in manifest['modules'] for module in modules_of(item)]
        assert ours['name'] == 'liftlogger' and '-Dserver=disabled' in ours['config-opts']
        for source in (source for module in others for source in module['sources']):
            # What comes from elsewhere has to be one certain version.
            assert 'sha256' in source or 'tag' in source, source


def scripts_can_be_read():
    """Each shell and Python script is free of syntax errors, and can be run"""
    faults = []
    for path in sources.tracked():
        text, full = sources.read(path), os.path.join(sources.ROOT, path)
        if not text.startswith('#!'):
            continue
        if not os.access(full, os.X_OK):
            faults.append(f'{path}: is not executable')
        first = text.splitlines()[0]
        if 'bash' in first or first.endswith('/sh'):
            faults += run('bash', '-n', full).stderr.splitlines()
        elif 'python' in first:
            try:
                compile(text, path, 'exec')
            except SyntaxError as error:
                faults.append(f'{path}: {error}')
    sources.complain(faults, 'mend these scripts:')


def packages_have_three_names():
    """Each line of the list of packages has a name for each distribution"""
    faults, section = [], None
    for number, line in enumerate(sources.read('tools/packages.txt').splitlines(), 1):
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith('['):
            section = line
            continue
        columns = [column.strip() for column in line.split('|')]
        if section not in ('[build]', '[test]') or len(columns) != 4 or not all(columns):
            faults.append(f'line {number}: {line}')
        for name in ' '.join(columns[1:]).split():
            if not re.fullmatch(r'[A-Za-z0-9][A-Za-z0-9+._-]*|-', name):
                faults.append(f'line {number}: {name} is no name of a package')
    sources.complain(faults, 'tools/packages.txt:')


def tests_are_counted():
    """The last line of a test run counts each TAP line, crashes and broken builds"""
    count = os.path.join(sources.ROOT, 'tools', 'count-tests')

    def last_line(tests, *arguments):
        with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
            log.writelines(json.dumps(test) + '\n' for test in tests)
            log.flush()
            done = run(count, *arguments, f'plain={log.name}')
        return done.stdout.splitlines()[-1], done.returncode

    def entry(result, stdout):
        return {'name': 'x', 'result': result, 'stdout': stdout}

    assert last_line([entry('OK', '1..2\nok 1 a\nok 2 b\n')]) == ('2 passed, 0 failed', 0)
    assert last_line([entry('OK', 'no TAP')]) == ('1 passed, 0 failed', 0)
    assert last_line([entry('OK', 'ok 1 a\nok 2 b # SKIP no bus\n1..2\n')]) == \
        ('1 passed, 0 failed, 1 skipped', 0)
    assert last_line([entry('FAIL', '1..2\nok 1 a\nnot ok 2 b\n')]) == ('1 passed, 1 failed', 1)
    assert last_line([entry('ERROR', '1..2\nok 1 a\n')]) == ('1 passed, 1 failed', 1)
    assert last_line([entry('TIMEOUT', '')]) == ('0 passed, 1 failed', 1)
    assert last_line([]) == ('0 passed, 1 failed', 1)
    assert last_line([entry('OK', '')], '--broken', 'the build') == ('1 passed, 1 failed', 1)
    assert last_line([entry('SKIP', '1..0 # SKIP none\n')]) == ('0 passed, 0 failed, 1 skipped', 0)


sys.exit(lift_tap.run([
    json_is_well_formed, manifests_agree_with_the_apps, scripts_can_be_read,
    packages_have_three_names, tests_are_counted,
]))
