# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The seed of what is left to chance: LIFT_BASE_SEED, else a new one. It is printed first of all."""
import os
import random

GIVEN = os.environ.get('LIFT_BASE_SEED')
SEED = int(GIVEN) if GIVEN else random.randrange(1 << 30)
LONG = 'LIFT_BASE_SEEDS' in os.environ


def chance(name):
    """A generator of its own for each test, so that a test chosen alone does the same."""
    return random.Random(f'{SEED} {name}')


def histories(count):
    """The seeds of LIFT_BASE_SEEDS histories, of @count if it is not set, or the one that was given."""
    count = int(os.environ.get('LIFT_BASE_SEEDS', count))
    return [SEED] if GIVEN else [SEED + n for n in range(count)]
