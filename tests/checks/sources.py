# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks look at: the files of the project and what is in them."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'support'))
import lift_tap  # noqa: E402

ROOT = lift_tap.source_root()


def read(path, root=ROOT):
    with open(os.path.join(root, path), encoding='utf-8', errors='replace') as file:
        return file.read()


def tracked(*suffixes):
    """Returns the paths of all files under version control, or in the folder where there is none."""
    # The checks also run as another user than the one who made the checkout.
    listing = subprocess.run(['git', '-c', 'safe.directory=*', '-C', ROOT, 'ls-files', '-z'],
                             capture_output=True, check=False)
    if listing.returncode == 0:
        paths = [path for path in listing.stdout.decode().split('\0') if path]
    else:
        paths = []
        for folder, folders, names in os.walk(ROOT):
            folders[:] = [name for name in folders if name not in ('.git', 'build', '_build', '__pycache__')]
            paths += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names]
    # A file that is being merged is listed more than once.
    return sorted(path for path in set(paths)
                  if path.endswith(suffixes or '') and os.path.isfile(os.path.join(ROOT, path)))


def complain(faults, advice):
    """Fails with the list of faults and what to do about them, if there are any."""
    if faults:
        raise AssertionError('\n'.join([advice, *faults]))
