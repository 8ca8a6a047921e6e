#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that know only what is marked [base], with our server and beside clients that know all.

LIFT_BASE_SEEDS=N runs N random histories instead of a few; LIFT_BASE_SEED=N runs only that one.
"""
import random
import sys

from base_phone import Phone
from base_seed import SEED, chance, histories
from base_server import FIELDS

import lift_tap  # noqa: E402, found by base_phone
from base_client import (BaseClient, FullClient, Server, exercise_plan, plan, session,  # noqa: E402
                         set_plan, weight)

WAYS = ('types', 'loop', 'once')
BACK = '2026-02-03'


class World:
    """Anna coaches Carl, on a server of their own."""

    def __init__(self):
        self.server = Server()

    def __enter__(self):
        self.server.add_user('anna', 'coach')
        self.server.add_user('carl', 'athlete', 'anna')
        self.server.start()
        self.anna, self.carl = FullClient(self.server, 'anna'), FullClient(self.server, 'carl')
        page = self.anna.pull_page(entityTypes='Exercise', limit=1)
        self.exercise = page['changesByType']['Exercise'][0]['id']
        return self

    def __exit__(self, *exception):
        self.server.__exit__(*exception)

    def phone(self, way='types', limit=None):
        return Phone(self.server, 'carl', way, limit)

    def weights(self, count, **fields):
        """Rows of a client that knows all, in pushes of 100."""
        rows = [weight(self.carl.athlete_id, **fields) for _ in range(count)]
        for first in range(0, count, 100):
            self.carl.push(*[('BodyWeightEntry', row) for row in rows[first:first + 100]]).all_good()
        return rows

    def tree(self, sets=2):
        top = plan(self.carl.athlete_id)
        middle = exercise_plan(top, self.exercise)
        leaves = [set_plan(middle, setNumber=n + 1) for n in range(sets)]
        return [('TrainingPlan', top), ('ExercisePlan', middle), *[('SetPlan', leaf) for leaf in leaves]]

    def truth(self):
        """What the server holds for Carl, as a phone knows it."""
        fresh = FullClient(self.server, 'carl')
        fresh.pull(limit=500)
        return {key: {field: row.get(field) for field in FIELDS[key[0]] if field not in
                      ('updatedAt', 'version', 'createdAt')}
                for key, row in fresh.rows.items() if key[0] in FIELDS and row['deletedAt'] is None}

    def settle(self, *phones):
        """Syncs phones until nothing comes, and expects that they hold what the server holds."""
        for phone in phones:
            phone.sync()
        for phone in phones:
            # A way that takes a page at a time needs as many syncs as there are pages.
            for _ in range(400):
                if phone.sync() == 0:
                    break
            else:
                raise AssertionError(f'{phone.way} never comes to an end')
        truth = self.truth()
        for number, phone in enumerate(phones):
            assert not phone.dirty, phone.dirty
            mine = phone.live()
            assert mine == truth, (number, phone.way, [
                (key, mine.get(key), truth.get(key)) for key in mine.keys() | truth.keys()
                if mine.get(key) != truth.get(key)][:5])


def comes_to_rest(way, count, limit):
    """Has all after the first syncs, and each sync after it brings less, until there is nothing."""
    with World() as world:
        rows = {row['id'] for row in world.weights(count)}
        phone = world.phone(way, limit)
        total = first = phone.sync()
        if way != 'once':
            assert rows <= {key[1] for key in phone.rows}
        # Each sync takes the type that lags most a page further.
        pages = sum(-(-len([key for key in world.truth() if key[0] == name]) // (limit or 100))
                    for name in FIELDS) + 1
        for n in range(pages + 1):
            came = phone.sync()
            total += came
            if came == 0:
                break
            if way != 'once':
                assert came < first, (n, came, first)
        else:
            raise AssertionError(f'still {came} rows after {pages} syncs')
        assert rows <= {key[1] for key in phone.rows}
        world.settle(phone)
        world.weights(1)
        assert phone.sync() == 1
        lift_tap.comment(f'{way}, {count} rows, pages of {limit or 100}: {first} came first, {total} in all')


def test_130_rows():
    """130 rows of a type: all come, and then none, whatever way the phone goes on"""
    for way in WAYS:
        comes_to_rest(way, 130, None)


def test_1100_rows():
    """1100 rows of a type come to rest too"""
    for way in WAYS:
        comes_to_rest(way, 1100, None)
    comes_to_rest('types', 1100, 500)


def test_many_types():
    """Types that come whole are not fetched again because another one has more"""
    with World() as world:
        for _ in range(20):
            world.anna.push(*world.tree(sets=12)).all_good()
        phone = world.phone('loop')
        first = phone.sync()
        assert phone.sync() == 0
        assert first < 2 * len(world.truth()), (first, len(world.truth()))


def test_together():
    """Two phones and a client that knows all make, change and delete rows, and agree"""
    with World() as world:
        one, two = world.phone('types'), world.phone('loop')
        a = one.add('BodyWeightEntry', weight(one.athlete_id, notes='one'))
        b = two.add('BodyWeightEntry', weight(two.athlete_id, notes='two'))
        c = weight(world.carl.athlete_id, notes='full', source='scale')
        world.carl.push(('BodyWeightEntry', c)).all_good()
        world.settle(one, two)
        one.edit('BodyWeightEntry', b, notes='two, by one')
        two.edit('BodyWeightEntry', a, weight=99.5)
        two.edit('BodyWeightEntry', c['id'], notes='full, by two')
        world.settle(one, two)
        world.carl.pull()
        assert world.carl.rows['BodyWeightEntry', c['id']]['source'] == 'scale'
        assert world.carl.rows['BodyWeightEntry', a]['weight'] == 99.5
        one.delete('BodyWeightEntry', c['id'])
        world.carl.push(('BodyWeightEntry', {**world.carl.rows['BodyWeightEntry', b],
                                             'deletedAt': '2026-02-02T00:00:00Z'}, ['deletedAt'])).all_good()
        world.settle(one, two)
        assert set(key[1] for key in two.live() if key[0] == 'BodyWeightEntry') == {a}


def test_fields_that_it_does_not_know():
    """A whole row leaves alone the fields that the phone does not know"""
    with World() as world:
        rows = world.tree(1)
        rows[0][1].update(notes='Knees out', kind='deload', orderInDay=3)
        rows[2][1].update(targetRepsMax=8, tempo='31X0', restSeconds=90, targetWeightUnit='lb')
        world.anna.push(*rows).all_good()
        phone = world.phone()
        phone.sync()
        phone.edit('TrainingPlan', rows[0][1]['id'], name='Renamed')
        phone.edit('SetPlan', rows[2][1]['id'], targetReps=6, notes='easy')
        world.settle(phone)
        world.anna.pull()
        top = world.anna.rows['TrainingPlan', rows[0][1]['id']]
        leaf = world.anna.rows['SetPlan', rows[2][1]['id']]
        assert (top['name'], top['notes'], top['kind'], top['orderInDay']) == ('Renamed', 'Knees out', 'deload', 3), top
        assert (leaf['targetReps'], leaf['notes'], leaf['targetRepsMax'], leaf['tempo'], leaf['restSeconds'],
                leaf['targetWeightUnit']) == (6, 'easy', 8, '31X0', 90, 'lb'), leaf


def test_children_first():
    """A push in any order is applied parents first"""
    with World() as world:
        phone = world.phone()
        made = [(name, row) for _ in range(8) for name, row in world.tree(3)]
        chance('children').shuffle(made)
        for name, row in made:
            phone.add(name, row)
        answer = phone.push(*reversed([(name, phone.rows[name, row['id']]) for name, row in made]))
        answer.all_good()
        world.settle(phone, world.phone())


def test_tombstones():
    """A delete covers the children and reaches the others; an edit without knowing of it brings all back"""
    with World() as world:
        rows = world.tree(3)
        world.anna.push(*rows).all_good()
        one, two = world.phone(), world.phone('loop')
        world.settle(one, two)
        one.delete(rows[0][0], rows[0][1]['id'])
        world.settle(one)
        assert two.sync() == len(rows)
        assert all(two.rows[name, row['id']]['deletedAt'] for name, row in rows)
        three = world.phone()
        three.sync()
        world.settle(one, two, three)
        four = weight(world.carl.athlete_id)
        world.carl.push(('BodyWeightEntry', four)).all_good()
        world.settle(one, two)
        one.delete('BodyWeightEntry', four['id'])
        one.sync()
        two.dirty.clear()
        two.edit('BodyWeightEntry', four['id'], notes='not gone')
        two.push_new().all_good()
        world.settle(one, two)
        assert one.live()['BodyWeightEntry', four['id']]['notes'] == 'not gone'


def test_a_stale_row():
    """A stale whole row wins as the protocol has it, and what it replaced is named"""
    with World() as world:
        row = weight(world.carl.athlete_id, notes='first')
        world.carl.push(('BodyWeightEntry', row)).all_good()
        phone = world.phone()
        phone.sync()
        world.anna.push(('BodyWeightEntry', {**row, 'version': 1, 'notes': 'coach', 'source': 'scale'},
                         ['notes', 'source'])).all_good()
        phone.edit('BodyWeightEntry', row['id'], weight=90)
        answer = phone.push_new().all_good()
        assert [(c['field'], c['theirs']) for c in answer.conflicts('BodyWeightEntry', row)] == [('notes', 'coach')]
        assert answer.entity('BodyWeightEntry', row)['source'] == 'scale'
        world.settle(phone)


def test_a_repeat():
    """A push whose answer was lost is sent again: no row twice, nothing else changed"""
    with World() as world:
        phone = world.phone()
        for _ in range(20):
            phone.add('BodyWeightEntry', weight(phone.athlete_id))
        sent = [(name, phone.rows[name, row_id]) for name, row_id in phone.dirty]
        phone.push(*sent).all_good()
        phone.push_new().all_good()
        world.settle(phone)
        assert len([key for key in world.truth() if key[0] == 'BodyWeightEntry']) == 20


def test_refused_rows():
    """A refused row does not hold up the others, and its child says what it misses"""
    with World() as world:
        phone = world.phone()
        rows = world.tree(2)
        rows[0][1]['date'] = 'someday'
        good = phone.add('BodyWeightEntry', weight(phone.athlete_id))
        for name, row in rows:
            phone.add(name, row)
        answer = phone.push_new()
        assert ('BodyWeightEntry', good) in answer.succeeded and len(answer.failed) == 4
        assert answer.code('SetPlan', rows[2][1]) == 'PARENT_MISSING'
        phone.edit('TrainingPlan', rows[0][1]['id'], date=BACK)
        world.settle(phone)


def test_published_later():
    """A plan that was a draft comes whole when it is published, and what is withdrawn goes"""
    for way in WAYS:
        with World() as world:
            phone, rows = world.phone(way), world.tree(3)
            rows[0][1]['status'] = 'draft'
            world.anna.push(*rows).all_good()
            world.weights(2)
            world.settle(phone)
            assert not any(name == 'SetPlan' for name, _ in phone.rows)
            for status, count in (('published', 3), ('draft', 0), ('published', 3)):
                world.anna.push(('TrainingPlan', {**rows[0][1], 'version': 1, 'status': status},
                                 ['status'])).all_good()
                world.settle(phone)
                assert len([key for key in phone.live() if key[0] == 'SetPlan']) == count, (way, status)


class History:
    """Random edits on phones and full clients that are out of step with each other."""

    def __init__(self, world, seed):
        self.world, self.random, self.count = world, random.Random(seed), 0
        self.phones = [world.phone(self.random.choice(WAYS), self.random.choice((3, 20, None, 500)))
                       for _ in range(2)]
        self.made = set()

    def pick(self, rows, kind):
        keys = [key for key in sorted(rows) if key[0] == kind and rows[key]['deletedAt'] is None]
        return self.random.choice(keys) if keys else None

    def phone_step(self, phone):
        self.count += 1
        what, kind = self.random.random(), self.random.choice(('BodyWeightEntry', 'TrainingSession'))
        key = self.pick(phone.rows, kind)
        if what < 0.35:
            phone.sync()
        elif key is None or what < 0.6:
            make = weight if kind == 'BodyWeightEntry' else session
            self.made.add((kind, phone.add(kind, make(phone.athlete_id, notes=f'v{self.count}'))))
        elif what < 0.9:
            phone.edit(*key, notes=f'v{self.count}')
        else:
            phone.delete(*key)

    def full_step(self):
        full = self.world.carl
        full.pull(limit=self.random.choice((5, 100)))
        key = self.pick(full.rows, 'BodyWeightEntry')
        if key is None or self.random.random() < 0.3:
            for row in self.world.weights(self.random.choice((1, 30)), source='scale'):
                self.made.add(('BodyWeightEntry', row['id']))
        else:
            self.count += 1
            full.push((key[0], {**full.rows[key], 'notes': f'v{self.count}'}, ['notes'])).all_good()

    def run(self):
        for _ in range(60):
            if self.random.random() < 0.8:
                self.phone_step(self.random.choice(self.phones))
            else:
                self.full_step()
        self.world.settle(*self.phones)
        fresh = FullClient(self.world.server, 'carl')
        fresh.pull(limit=500)
        assert self.made <= set(fresh.rows), self.made - set(fresh.rows)
        assert all(row['source'] == 'scale' for key, row in fresh.rows.items()
                   if key[0] == 'BodyWeightEntry' and row.get('source'))


def test_random_histories():
    """Random edits of phones and full clients: in the end all agree and no row is missing"""
    for seed in histories(3):
        with World() as world:
            try:
                History(world, seed).run()
            except Exception:
                lift_tap.comment(f'LIFT_BASE_SEED={seed}')
                raise


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    assert issubclass(Phone, BaseClient)
    lift_tap.comment(f'LIFT_BASE_SEED={SEED}')
    sys.exit(lift_tap.run(TESTS))
