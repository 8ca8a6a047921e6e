#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our client with a server that knows only what is marked [base], two computers of one athlete.

LIFT_BASE_SEEDS=N runs N random histories instead of one, and every place of a fault instead of a
random one; LIFT_BASE_SEED=N runs only that history, and repeats the other choices of the run that printed N.
"""
import random
import sys
import uuid

from base_seed import LONG, SEED, chance, histories
from base_world import DONE, OFFLINE, PARTIAL, SIGN_IN, World

import lift_tap  # noqa: E402, found by base_world

SQUAT = '11f70000-0000-8000-8000-000000000001'
EVERYTHING = ('partial_entity', 'shuffled', 'unknown_things', 'one_instant', 'reshuffled_ties', 'upper_ids',
              'odd_stats')


def places(count):
    """All places of a fault in the long form, else one."""
    return range(count) if LONG else [chance('places').randrange(count)]


def quiet(world):
    """A while later, a sync with nothing new fetches nothing and sends nothing."""
    world.server.advance(hours=1)
    for computer in world.computers:
        computer.sync()
    world.server.forget_traffic()
    for computer in world.computers:
        answer = computer.sync()
        assert (answer['pulled'], answer['pushed']) == (0, 0), answer
    assert (world.server.sent, world.server.received) == (0, 0), (world.server.sent, world.server.received)
    assert len(world.server.requests) == len(world.computers), world.server.requests


def test_a_row_lives():
    """A row is made, changed on both computers and deleted; fields that the server drops stay here"""
    with World() as world:
        one, two = world.computers
        row = world.weight(one, notes='first', bodyFatPercent='14.5', source='scale')
        world.settle()
        one.update('BodyWeightEntry', row, notes='second')
        world.settle()
        two.update('BodyWeightEntry', row, weight='81.25')
        world.settle()
        mine = one.get('BodyWeightEntry', row)
        assert (mine['notes'], mine['weight'], mine['bodyFatPercent'], mine['source']) == \
            ('second', 81.25, 14.5, 'scale'), mine
        quiet(world)
        two.delete('BodyWeightEntry', row)
        world.settle()
        assert one.rows('BodyWeightEntry') == {} and world.server.live('BodyWeightEntry') == {}
        two.do('restore', 'BodyWeightEntry', row)
        world.settle()
        assert one.get('BodyWeightEntry', row)['weight'] == 81.25
        quiet(world)


def test_a_tree_of_rows():
    """A session with exercises and sets goes and is deleted as one"""
    with World() as world:
        one, two = world.computers
        session = one.create('TrainingSession', athleteId=world.ben, sessionDate='2026-03-01', name='Mine alone')
        done = one.create('ExerciseSession', trainingSessionId=session, exerciseId=SQUAT, orderIndex=0)
        sets = [one.create('SetSession', exerciseSessionId=done, setNumber=n, actualReps=5, actualWeight=100 + n)
                for n in range(3)]
        world.settle()
        assert set(two.rows('SetSession')) == set(sets)
        assert one.get('TrainingSession', session)['name'] == 'Mine alone'
        two.delete('TrainingSession', session)
        one.update('SetSession', sets[0], actualReps=6)
        two.sync()
        world.settle()
        quiet(world)


def test_both_change_a_row():
    """Two fields changed on two computers are both kept; of one field the later sync wins and is listed"""
    with World() as world:
        one, two = world.computers
        row = world.weight(one, notes='first')
        world.settle()
        one.update('BodyWeightEntry', row, notes='from one')
        two.update('BodyWeightEntry', row, weight='90')
        world.settle()
        assert (one.get('BodyWeightEntry', row)['weight'], two.get('BodyWeightEntry', row)['notes']) == (90, 'from one')
        one.update('BodyWeightEntry', row, notes='one again')
        two.update('BodyWeightEntry', row, notes='two again')
        world.settle()
        assert one.get('BodyWeightEntry', row)['notes'] == 'two again'
        conflicts = two.do('conflicts', '--json').json
        assert [(c['field'], c['theirs']) for c in conflicts] == [('notes', 'one again')], conflicts
        quiet(world)


def test_an_edit_meets_a_delete():
    """A row deleted there and edited here comes back"""
    with World() as world:
        one, two = world.computers
        row = world.weight(one)
        world.settle()
        one.delete('BodyWeightEntry', row)
        one.sync()
        two.update('BodyWeightEntry', row, notes='still needed')
        world.settle()
        assert one.get('BodyWeightEntry', row)['notes'] == 'still needed'
        quiet(world)


def many_rows(count, **switches):
    with World() as world:
        vars(world.server.switches).update(switches)
        one, two = world.computers
        ids = one.create_all('BodyWeightEntry', world.weights(count))
        assert one.sync()['pushed'] == count
        assert two.sync()['pulled'] == count
        world.settle()
        assert set(two.rows('BodyWeightEntry')) == set(ids)
        quiet(world)
        two.update('BodyWeightEntry', ids[0], notes='one of many')
        two.sync()
        world.server.forget_traffic()
        one.sync()
        assert world.server.sent <= 3, world.server.sent
        world.assert_agreed()


def test_130_rows():
    """130 rows of a type, on pages of 100"""
    many_rows(130, max_limit=100)


def test_1200_rows():
    """1200 rows of a type"""
    many_rows(1200)


def test_1200_rows_of_few_instants():
    """1200 rows of a type that share their instant with the others of their push"""
    many_rows(1200, one_instant=True)


def test_rows_of_few_instants_on_small_pages():
    """The same on pages of 100: no push makes more rows of one instant than such a page holds"""
    many_rows(300, one_instant=True, max_limit=100)


def has_all_or_says_so(world):
    """A sync that says that all is well has brought every row, however many share an instant."""
    for computer in world.computers * 2:
        assert computer.run('sync').code in (DONE, OFFLINE, PARTIAL)
    for computer in world.computers:
        answer = computer.run('sync')
        if answer.code == DONE:
            for kind in ('BodyWeightEntry', 'TrainingSession'):
                assert set(computer.rows(kind)) == set(world.server.live(kind)), kind
        else:
            assert 'Tell whoever runs the server' in answer.err, answer


def test_more_ties_than_a_page_holds():
    """Rows of one instant that cannot be had are told of each time; the rest is synced, and they come in the end"""
    with World() as world:
        one, two = world.computers
        world.server.switches.max_limit = 100
        at = world.server.now()
        for row in world.weights(150):
            world.server.put('BodyWeightEntry', {**row, 'id': str(uuid.uuid4()), 'deletedAt': None}, at)
        session = two.create('TrainingSession', athleteId=world.ben, sessionDate='2026-03-01')
        two.run('sync')
        assert session in world.server.live('TrainingSession')
        for _ in range(2):
            answer = one.run('sync')
            assert 'rows of BodyWeightEntry:' in answer.err and answer.code != DONE, answer
            world.server.advance(hours=1)
        assert set(one.rows('TrainingSession')) == {session}
        has_all_or_says_so(world)
        world.server.switches.max_limit = 500
        world.settle()
        assert len(one.rows('BodyWeightEntry')) == 150
        quiet(world)


def test_ties_at_a_page_edge():
    """Pages that end between rows of one instant, in another order each time, skip none"""
    with World() as world:
        world.server.switches.max_limit = 100
        world.server.switches.reshuffled_ties = True
        one, two = world.computers
        world.server.switches.one_instant = True
        for n in range(6):
            one.create_all('BodyWeightEntry', world.weights(70, notes=f'batch {n}'))
            one.sync()
        world.settle()
        quiet(world)


def test_instants_of_seconds():
    """Instants without a fraction, so that rows share them"""
    many_rows(130, instants='second')


def test_instants_with_an_offset():
    """Instants with an offset and with milliseconds"""
    many_rows(130, instants=chance('offset').choice(('offset', 'milli')), max_limit=50)


def test_partial_answers():
    """An answer that holds only id, updatedAt and version is an acknowledgement"""
    many_rows(120, partial_entity=True, shuffled=True)


def test_unknown_things():
    """Types and keys of a later version do no harm"""
    with World() as world:
        world.server.switches.unknown_things = True
        one, two = world.computers
        row = world.weight(one, source='scale')
        world.settle()
        two.update('BodyWeightEntry', row, notes='x')
        world.settle()
        assert one.get('BodyWeightEntry', row)['source'] == 'scale'


def make_left_aside(world):
    """Rows whose fields the server does not all know: sent when the row was new, and as an edit."""
    one, _ = world.computers
    weight = world.weight(one, notes='made', bodyFatPercent='14.5', source='scale')
    session = one.create('TrainingSession', athleteId=world.ben, sessionDate='2026-03-02', notes='made')
    world.settle()
    one.update('TrainingSession', session, name='Leg day', sessionRpe='8')
    world.settle()
    quiet(world)
    return weight, session


def learn(world):
    """The server is updated in place to one that knows those fields and gives cursors."""
    world.server.learn('BodyWeightEntry', 'bodyFatPercent', 'source', 'measuredAt')
    world.server.learn('TrainingSession', 'name', 'sessionRpe', 'startedAt', 'status')
    world.server.switches.cursors = True


def assert_kept(world, weight, session):
    """All have what only the first computer had, and nobody was told of a conflict."""
    world.settle()
    for computer in world.computers:
        mine = computer.get('BodyWeightEntry', weight)
        assert (mine['bodyFatPercent'], mine['source']) == (14.5, 'scale'), mine
        mine = computer.get('TrainingSession', session)
        assert (mine['name'], mine['sessionRpe'], mine['status']) == ('Leg day', 8, 'in_progress'), mine
        assert computer.do('conflicts', '--json').json == []
    assert world.server.rows['BodyWeightEntry'][weight]['source'] == 'scale'
    quiet(world)


def test_the_server_learns_fields():
    """What a server left aside is sent once it knows the field, also where its answers are partial"""
    for partial in (False, True):
        with World() as world:
            world.server.switches.partial_entity = partial
            weight, session = make_left_aside(world)
            learn(world)
            assert_kept(world, weight, session)


def test_an_older_server_of_ours_learns_fields():
    """The same of a server that gave cursors before, and shows the rows when others change them"""
    with World() as world:
        world.server.switches.cursors = True
        weight, session = make_left_aside(world)
        learn(world)
        quiet(world)
        two = world.computers[1]
        two.update('BodyWeightEntry', weight, notes='by two')
        two.update('TrainingSession', session, notes='by two')
        two.sync()
        assert_kept(world, weight, session)
        assert world.computers[0].get('BodyWeightEntry', weight)['notes'] == 'by two'


def test_others_fill_a_field_that_was_left_aside():
    """A value that another gave it meanwhile is found in the journal"""
    with World() as world:
        one, two = world.computers
        weight, session = make_left_aside(world)
        learn(world)
        two.update('BodyWeightEntry', weight, source='by hand')
        two.sync()
        world.settle()
        assert two.get('BodyWeightEntry', weight)['source'] == 'scale'
        conflicts = one.do('conflicts', '--json').json
        assert [(c['field'], c['theirs']) for c in conflicts] == [('source', 'by hand')], conflicts
        one.do('conflicts', 'restore', str(conflicts[0]['number']))
        world.settle()
        assert two.get('BodyWeightEntry', weight)['source'] == 'by hand'


def test_partial_answers_hide_nothing():
    """After a partial answer a newer value of another is taken, of a field that the server knows"""
    with World() as world:
        world.server.switches.partial_entity = True
        one, two = world.computers
        row = world.weight(one, notes='first', source='scale')
        world.settle()
        one.update('BodyWeightEntry', row, notes='by one')
        one.sync()
        two.sync()
        two.update('BodyWeightEntry', row, notes='by two')
        two.sync()
        world.settle()
        assert one.get('BodyWeightEntry', row)['notes'] == 'by two'
        assert one.do('conflicts', '--json').json == []
        assert one.get('BodyWeightEntry', row)['source'] == 'scale'
        quiet(world)


def test_ids_in_upper_case():
    """Ids in upper case are the same ids"""
    many_rows(120, upper_ids=True, max_limit=100)


def test_refused_rows():
    """A refused row waits, the others go, in whatever order the answers come"""
    with World() as world:
        world.server.switches.shuffled = True
        one, two = world.computers
        rows = world.weights(30)
        for n in (3, 17, 29):
            rows[n]['notes'] = 'refuse me'
        ids = one.create_all('BodyWeightEntry', rows)
        answer = one.sync(PARTIAL)
        assert answer['pushed'] == 27, answer
        assert {failed['entityId'] for failed in answer['failed']} == {ids[3], ids[17], ids[29]}, answer
        assert one.status()['needsAttention'] == 3
        world.server.forget_traffic()
        one.run('sync')
        assert world.server.received == 0
        for n in (3, 17, 29):
            one.update('BodyWeightEntry', ids[n], notes='better')
        world.settle()
        assert len(two.rows('BodyWeightEntry')) == 30
        quiet(world)


def test_a_row_is_tried_again():
    """A row that may go later waits for its time or for the user; the others go"""
    with World() as world:
        one, _ = world.computers
        row, other = world.weight(one, notes='not now'), world.weight(one)
        world.server.refusals = 1
        assert one.sync(PARTIAL)['pushed'] == 1
        assert (one.status()['retrying'], one.status()['needsAttention']) == (1, 0), one.status()
        assert set(world.server.rows['BodyWeightEntry']) == {other}
        world.server.forget_traffic()
        one.run('sync')
        assert world.server.received == 0
        one.do('retry', 'BodyWeightEntry', row)
        world.settle()
        assert world.server.rows['BodyWeightEntry'][row]['version'] == 1
        quiet(world)


def test_the_token_ends():
    """A token that ends between any two requests asks for the password; nothing is lost, and it goes on"""
    for after in places(6):
        with World() as world:
            world.server.switches.max_limit = 50
            one, two = world.computers
            two.create_all('BodyWeightEntry', world.weights(120))
            two.sync()
            row = world.weight(one, notes='mine')
            world.server.expire_after = after
            answer = one.run('sync', '--json')
            assert answer.code in (SIGN_IN, DONE), answer
            if answer.code == DONE:
                assert after >= 4
                continue
            assert one.get('BodyWeightEntry', row)['notes'] == 'mine'
            assert one.run('sync').code == SIGN_IN
            for computer in world.computers:
                computer.sign_in('ben')
            world.settle()
            assert len(one.rows('BodyWeightEntry')) == 121


def test_the_server_fails():
    """A server that fails at any request: the next sync goes on from there, not from the beginning"""
    for before in places(5):
        with World() as world:
            world.server.switches.max_limit = 100
            one, two = world.computers
            two.create_all('BodyWeightEntry', world.weights(330))
            two.sync()
            row = world.weight(one)
            world.server.advance(hours=1)
            world.server.failures = [False] * before + [True]
            world.server.forget_traffic()
            answer = one.run('sync', '--json')
            assert answer.code in (OFFLINE, PARTIAL), answer
            assert answer.json['failed'] == [], answer
            one.sync()
            assert row in world.server.rows['BodyWeightEntry']
            # Pages overlap by a row or two, not by all.
            assert world.server.sent < 330 + 30, (before, world.server.sent)
            world.settle()


def test_a_push_of_nothing():
    """A server that fails at a push of nothing is sent none"""
    with World() as world:
        world.server.switches.needs_rows = True
        one, two = world.computers
        row = world.weight(one, notes='refuse me')
        other = world.weight(two)
        assert one.sync(PARTIAL)['failed'][0]['entityId'] == row
        assert two.sync()['pushed'] == 1
        one.update('BodyWeightEntry', row, notes='better')
        world.settle()
        assert set(one.rows('BodyWeightEntry')) == {row, other}
        quiet(world)


def test_the_answer_is_cut():
    """A push that was applied and whose answer was cut goes again; edits in between are not lost"""
    with World() as world:
        one, two = world.computers
        row = world.weight(one, notes='sent')
        other = world.weight(one, notes='also sent')
        world.server.cut_pushes = 1
        assert one.run('sync').code == OFFLINE
        assert world.server.rows['BodyWeightEntry'][row]['version'] == 1
        assert one.status()['pending'] == 2
        one.update('BodyWeightEntry', row, notes='sent and changed')
        two.sync()
        two.update('BodyWeightEntry', other, weight='99')
        two.sync()
        world.settle()
        assert two.get('BodyWeightEntry', row)['notes'] == 'sent and changed'
        assert one.get('BodyWeightEntry', other)['notes'] == 'also sent'
        assert len(world.server.rows['BodyWeightEntry']) == 2
        quiet(world)


def test_killed_in_a_sync():
    """A program killed while it pulls or pushes goes on where it was, and sends nothing else"""
    for what in ('pull', 'push'):
        with World() as world:
            world.server.switches.max_limit = 50
            one, two = world.computers
            two.create_all('BodyWeightEntry', world.weights(180))
            two.sync()
            rows = one.create_all('BodyWeightEntry', world.weights(40, notes='mine'))
            process = []

            def kill():
                world.server.on_request = None
                process[0].kill()
                process[0].wait()

            world.server.on_request = (what, 2 if what == 'pull' else 1, kill)
            with world.server.lock:
                process.append(one.start('sync'))
            process[0].wait()
            assert world.server.on_request is None
            one.sync()
            assert set(rows) <= set(world.server.rows['BodyWeightEntry'])
            world.settle()
            quiet(world)


def test_a_coach():
    """A coach plans for an athlete of whom the server has no row, and sees what was done"""
    with World(1) as world:
        anna, (ben,) = world.join('anna', 'coach'), world.computers
        top = anna.create('TrainingPlan', athleteId=world.ben, name='Lower A', date='2026-03-01', notes='Knees out')
        middle = anna.create('ExercisePlan', trainingPlanId=top, exerciseId=SQUAT, orderIndex=0)
        leaf = anna.create('SetPlan', exercisePlanId=middle, setNumber=1, targetReps=5, targetRepsMax=8)
        assert anna.sync()['pushed'] == 3
        ben.sync()
        assert (ben.get('SetPlan', leaf)['targetReps'], ben.get('TrainingPlan', top)['status']) == (5, 'published')
        session = ben.create('TrainingSession', trainingPlanId=top, sessionDate='2026-03-01')
        done = ben.create('ExerciseSession', trainingSessionId=session, exercisePlanId=middle, exerciseId=SQUAT)
        result = ben.create('SetSession', exerciseSessionId=done, setPlanId=leaf, setNumber=1, actualReps=5,
                            actualWeight=100)
        ben.sync()
        anna.sync()
        assert anna.get('SetSession', result)['actualWeight'] == 100
        anna.update('TrainingPlan', top, isLocked='true')
        anna.sync()
        ben.sync()
        assert ben.get('TrainingPlan', top)['isLocked'] is True
        assert anna.get('TrainingPlan', top)['notes'] == 'Knees out'
        assert anna.get('SetPlan', leaf)['targetRepsMax'] == 8
        world.computers.append(anna)
        quiet(world)


def test_the_timestamp_lies_behind():
    """A syncTimestamp that lies behind costs rows that come again, and nothing else"""
    with World() as world:
        world.server.switches.stale_timestamp = 300
        one, two = world.computers
        one.create_all('BodyWeightEntry', world.weights(150))
        world.settle()
        quiet(world)


def test_late_commits():
    """A row that becomes visible with an older updatedAt, within a minute, is not passed by"""
    with World() as world:
        one, two = world.computers
        late = world.weight(one, notes='late')
        one.sync()
        world.server.hide('BodyWeightEntry', late)
        for _ in range(3):
            world.weight(one, notes='early')
            world.server.advance(seconds=15)
            one.sync()
            two.sync()
        assert late not in two.rows('BodyWeightEntry')
        world.server.show('BodyWeightEntry', late)
        two.sync()
        assert two.get('BodyWeightEntry', late)['notes'] == 'late'
        world.settle()


def test_changes_during_the_push():
    """A row that another client writes while ours is pushed comes with the next pull"""
    with World() as world:
        one, two = world.computers
        row = world.weight(one, notes='ours')

        def interfere():
            world.server.on_push = None
            server_row = dict(world.server.rows['BodyWeightEntry'][row])
            world.server.put('BodyWeightEntry', {**server_row, 'weight': 77.5})

        world.server.on_push = interfere
        one.sync()
        world.settle()
        assert one.get('BodyWeightEntry', row)['weight'] == 77.5


def test_unchanged_whole_rows():
    """A base client that writes back a whole older row does not undo what waits here"""
    with World() as world:
        one, _ = world.computers
        row = world.weight(one, notes='old', weight='80')
        world.settle()
        whole = dict(world.server.rows['BodyWeightEntry'][row])
        one.update('BodyWeightEntry', row, notes='new')
        world.server.put('BodyWeightEntry', {**whole, 'weight': 82.0})
        world.settle()
        mine = one.get('BodyWeightEntry', row)
        assert (mine['notes'], mine['weight']) == ('new', 82), mine


class History:
    """Random edits on both computers, random faults, and a reckoning."""

    def __init__(self, world, seed):
        self.world, self.random = world, random.Random(seed)
        self.count = 0
        self.made = set()

    def switch(self):
        switches = self.world.server.switches
        for name in EVERYTHING:
            setattr(switches, name, self.random.random() < 0.5)
        switches.instants = self.random.choice(('micro', 'second', 'milli', 'offset'))
        switches.max_limit = self.random.choice((3, 10, 100, 500))
        switches.stale_timestamp = self.random.choice((0, 0, 30, 900))

    def edit(self, computer):
        kind = self.random.choice(('BodyWeightEntry', 'BodyWeightEntry', 'TrainingSession'))
        rows = list(computer.rows(kind))
        self.count += 1
        if not rows or self.random.random() < 0.4:
            if kind == 'BodyWeightEntry':
                self.made.add(self.world.weight(computer, notes=f'v{self.count}'))
            else:
                self.made.add(computer.create(kind, athleteId=self.world.ben, sessionDate='2026-03-01',
                                              notes=f'v{self.count}'))
        elif self.random.random() < 0.85:
            computer.update(kind, self.random.choice(rows), notes=f'v{self.count}')
        else:
            computer.delete(kind, self.random.choice(rows))

    def fault(self):
        server = self.world.server
        what = self.random.randrange(6)
        if what == 0:
            server.failures = [self.random.random() < 0.5 for _ in range(4)]
        elif what == 1:
            server.cut_pushes = 1
        else:
            server.failures, server.cut_pushes = [], 0

    def step(self):
        computer = self.random.choice(self.world.computers)
        if self.random.random() < 0.6:
            self.edit(computer)
        else:
            self.fault()
            assert computer.run('sync').code in (DONE, OFFLINE, PARTIAL)
            self.world.server.advance(seconds=self.random.choice((0, 1, 70)))

    def run(self):
        self.switch()
        for _ in range(30):
            self.step()
        self.world.server.failures, self.world.server.cut_pushes = [], 0
        has_all_or_says_so(self.world)
        self.world.server.switches.max_limit = 500
        self.world.settle()
        known = {key for rows in self.world.server.rows.values() for key in rows}
        assert self.made <= known, self.made - known


def test_random_histories():
    """Random edits, switches and faults: in the end all agree and no row is missing"""
    for seed in histories(1):
        with World() as world:
            try:
                History(world, seed).run()
            except Exception:
                lift_tap.comment(f'LIFT_BASE_SEED={seed}: {vars(world.server.switches)}')
                raise


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    lift_tap.comment(f'LIFT_BASE_SEED={SEED}')
    sys.exit(lift_tap.run(TESTS))
