#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that po/POTFILES lists each file with words to translate, and no other.

With --write as its only argument it writes the list instead.
"""
import os
import re
import shutil
import subprocess
import sys

import sources
from sources import lift_tap

PATH = 'po/POTFILES'
HEAD = '''# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/checks/check_potfiles.py --write
'''
MARKED_C = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(')
COMMENT_C = re.compile(r'/\*.*?\*/|//[^\n]*', re.S)
MARKED_UI = re.compile(r'\btranslatable\s*=\s*"(?:yes|true|1)"')


def has_words(path, text):
    """Says whether a file holds words to translate."""
    if path.endswith(('.c', '.h')):
        return MARKED_C.search(COMMENT_C.sub('', text)) is not None
    if path.endswith('.ui'):
        return MARKED_UI.search(text) is not None
    return path.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml'))


def wanted():
    return [path for path in sources.tracked('.c', '.h', '.ui', '.in', '.xml')
            if path.startswith(('src/', 'data/')) and has_words(path, sources.read(path))]


def listed():
    lines = (line.strip() for line in sources.read(PATH).splitlines())
    return [line for line in lines if line and not line.startswith('#')]


def list_is_complete():
    """po/POTFILES lists the files that hold words to translate, and no others"""
    want, have = wanted(), listed()
    faults = [f'missing: {path}' for path in want if path not in have]
    # A file that is about to be committed may be listed already.
    faults += [f'holds no words to translate: {path}' for path in have if path not in want and not (
        os.path.exists(os.path.join(sources.ROOT, path)) and has_words(path, sources.read(path)))]
    faults += [f'listed twice: {path}' for path in sorted(set(have)) if have.count(path) > 1]
    sources.complain(faults, 'run tests/checks/check_potfiles.py --write:')


def words_can_be_extracted():
    """The words of all files can be taken out without a complaint"""
    if not shutil.which('xgettext'):
        raise lift_tap.Skip('xgettext is not installed')
    done = subprocess.run(
        ['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
         '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--flag=N_:1:pass-c-format',
         '--output=-', *(path for path in listed() if os.path.exists(os.path.join(sources.ROOT, path)))],
        cwd=sources.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert 'msgid "LiftLogger Coach"' in done.stdout


def words_are_found():
    """Marked words are found in C and in interface files, and nothing else is taken for them"""
    assert has_words('a.c', 'g_print ("%s", _("Saved"));')
    assert has_words('a.c', 'const char *name = N_ ("Back squat");')
    assert has_words('a.c', 'g_dngettext (GETTEXT_PACKAGE, "%u set", "%u sets", n);')
    assert has_words('a.ui', '<property name="label" translatable="yes">Save</property>')
    assert not has_words('a.c', 'lift_foo_ (x); g_quark_from_static_string ("a"); my_ ("b");')
    assert not has_words('a.c', '/* Use _("x") for words. */ int answer;')
    assert not has_words('a.ui', '<property name="label">3×5</property>')


if sys.argv[1:] == ['--write']:
    with open(os.path.join(sources.ROOT, PATH), 'w', encoding='utf-8') as file:
        file.write(HEAD + '\n'.join(wanted()) + '\n')
else:
    sys.exit(lift_tap.run([list_is_complete, words_can_be_extracted, words_are_found]))
