#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the real server against the rules of the sync API: what it takes from clients."""
import gzip
import json
import sys

import lift_tap
from base_client import (EPOCH, BaseClient, FullClient, Problem, check_problem, exercise_plan,
                         new_id, plan, refused, session, set_plan, weight)
from protocol_world import BACK, DELETED, again, live, world


def base_pushes_whole_rows():
    """A base client pushes whole rows, and keys it does not know stay"""
    w = world()
    carl, row = again(w.carl, BaseClient), weight(w.carl.athlete_id)
    carl.push(('BodyWeightEntry', row)).all_good()
    w.anna.push(('BodyWeightEntry', {**row, 'bodyFatPercent': 20}, ['bodyFatPercent'])).all_good()
    answer = carl.push(('BodyWeightEntry', {**row, 'weight': 82})).all_good()
    entity = answer.entity('BodyWeightEntry', row)
    assert (entity['weight'], entity['bodyFatPercent'], entity['version']) == (82, 20, 3)
    assert 'isDirty' not in entity and 'mutation' not in entity


def foreign_rows_are_missing_rows():
    """Rows of others are answered as rows that are not there"""
    w = world()
    top, middle, leaves = w.tree()
    dora, mine = w.dora, w.dora.athlete_id
    for row in ({**top}, {**top, 'athleteId': mine}, plan(w.carl.athlete_id), plan(new_id()),
                {**top, 'id': top['id'].upper(), 'name': ''}):
        answer = dora.push(('TrainingPlan', row))
        assert answer.code('TrainingPlan', {'id': row['id'].lower()}) == 'FORBIDDEN'
    texts = set()
    for parent in (top['id'], new_id()):
        child = exercise_plan({'athleteId': mine, 'id': parent}, w.exercise)
        used = session(mine, trainingPlanId=parent)
        answer = dora.push(('ExercisePlan', child), ('TrainingSession', used))
        assert answer.code('ExercisePlan', child) == 'PARENT_MISSING'
        assert answer.code('TrainingSession', used) == 'BAD_REFERENCE'
        texts.add(json.dumps([f['errors'] for f in answer.document['failed']]))
    assert len(texts) == 1, texts
    for athlete in (w.carl.athlete_id, new_id()):
        with refused(403, 'FORBIDDEN'):
            dora.pull_page(athleteId=athlete)
    dora.pull(limit=500)
    assert {row.get('athleteId') for row in dora.rows.values()} <= {None, mine}


def nothing_changes_hands():
    """No row moves to another athlete or coach, alone or under a foreign parent"""
    w = world()
    top, middle, _ = w.tree()
    other = plan(w.cora.athlete_id)
    variant = {'id': new_id(), 'name': 'Pause ' + new_id()}
    w.anna.push(('TrainingPlan', other), ('Variant', variant)).all_good()
    for changed in ([['athleteId']], []):
        moved = {**top, 'athleteId': w.cora.athlete_id}
        assert w.anna.push(('TrainingPlan', moved, *changed)).code('TrainingPlan', top) == \
            'FORBIDDEN'
    moved = {**middle, 'trainingPlanId': other['id']}
    assert w.anna.push(('ExercisePlan', moved, ['trainingPlanId'])).code('ExercisePlan', moved) \
        == 'BAD_REFERENCE'
    moved = {**variant, 'coachId': w.bert.coach_id}
    assert w.anna.push(('Variant', moved, ['coachId'])).code('Variant', moved) == 'FORBIDDEN'


def catalogue_is_read_only():
    """Nobody writes the catalogue"""
    w = world()
    for who in (w.anna, w.carl):
        for change in ({'name': 'X'}, DELETED):
            answer = who.push(('Exercise', {**w.catalogue, **change}, list(change)))
            assert answer.code('Exercise', w.catalogue) == 'FORBIDDEN'
        fresh = {'id': new_id(), 'coachId': None, 'athleteId': None, 'name': 'New ' + new_id()}
        assert who.push(('Exercise', fresh)).code('Exercise', fresh) == 'FORBIDDEN'


def exercises_have_one_owner():
    """An exercise or variant belongs to whoever may write it, and to nobody else"""
    w = world()
    own = {'id': new_id(), 'athleteId': w.carl.athlete_id, 'name': 'Own ' + new_id()}
    w.carl.push(('Exercise', own)).all_good()
    assert w.anna.push(('Exercise', {**own, 'name': 'X'}, ['name'])).code('Exercise', own) == \
        'FORBIDDEN'
    for owner in ({'coachId': w.anna.coach_id},
                  {'coachId': w.bert.coach_id, 'athleteId': w.carl.athlete_id}):
        row = {'id': new_id(), 'name': 'Claimed', **owner}
        assert w.carl.push(('Exercise', row)).code('Exercise', row) == 'FORBIDDEN'
    top, _, _ = w.tree()
    cora = plan(w.cora.athlete_id)
    w.anna.push(('TrainingPlan', cora), ('ExercisePlan', exercise_plan(top, own['id']))).all_good()
    row = exercise_plan(cora, own['id'])
    assert w.anna.push(('ExercisePlan', row)).code('ExercisePlan', row) == 'BAD_REFERENCE'


def roles_stay():
    """Role, coach and user are never taken from a push"""
    w = world()
    fresh = again(w.carl)
    fresh.pull(limit=500)
    user = fresh.rows['User', w.carl.user_id]
    profile = fresh.rows['Athlete', w.carl.athlete_id]
    for name, row, change in (('User', user, {'role': 'COACH'}),
                              ('User', user, {'coachId': w.bert.coach_id}),
                              ('Athlete', profile, {'coachId': w.bert.coach_id}),
                              ('Athlete', profile, {'userId': w.dora.user_id})):
        answer = w.carl.push((name, {**row, **change}, list(change)))
        assert answer.codes(name, row) == {('FORBIDDEN', list(change)[0])}
        whole = w.carl.push((name, {**row, **change})).all_good().entity(name, row)
        assert whole == row, (whole, row)
    for name, row in (('User', {'id': new_id(), 'email': 'x', 'name': 'X', 'role': 'COACH'}),
                      ('Coach', {'id': new_id(), 'userId': w.carl.user_id, 'displayName': 'X'}),
                      ('Athlete', {'id': new_id(), 'displayName': 'X'})):
        assert w.carl.push((name, row)).code(name, row) == 'FORBIDDEN'
    taken = {'id': w.carl.athlete_id, 'coachId': w.bert.coach_id}
    assert w.bert.push(('Athlete', taken, ['coachId'])).code('Athlete', taken) == 'FORBIDDEN'


def locked_plans_are_the_coachs():
    """A locked plan and all in it is the coach's; the athlete trains by it"""
    w = world()
    top, middle, leaves = w.tree(isLocked=True)
    own = plan(w.carl.athlete_id, isLocked=True)
    inside = exercise_plan(own, w.exercise)
    answer = w.carl.push(('TrainingPlan', own), ('ExercisePlan', inside)).all_good()
    assert answer.entity('TrainingPlan', own)['isLocked'] is False
    for name, row, changed in (
            ('TrainingPlan', {**top, 'name': 'X'}, ['name']),
            ('TrainingPlan', {**top, 'name': 'X', 'isLocked': False}, None),
            ('TrainingPlan', {**top, **DELETED}, ['deletedAt']),
            ('ExercisePlan', {**middle, 'notes': 'X'}, ['notes']),
            ('ExercisePlan', exercise_plan(top, w.exercise), None),
            ('ExercisePlan', {**middle, 'trainingPlanId': own['id']}, ['trainingPlanId']),
            ('ExercisePlan', {**inside, 'trainingPlanId': top['id']}, ['trainingPlanId']),
            ('SetPlan', {**leaves[0], 'targetReps': 1}, ['targetReps']),
            ('SetPlan', set_plan(middle), None)):
        answer = w.carl.push((name, row, *([changed] if changed else [])))
        assert answer.code(name, row) == 'LOCKED', (name, row)
        assert answer.failed[name, row['id']]['retryable'] is False
    w.carl.push(('TrainingSession',
                 session(w.carl.athlete_id, trainingPlanId=top['id']))).all_good()
    w.anna.push(('SetPlan', {**leaves[0], 'targetReps': 1}, ['targetReps'])).all_good()


def each_row_on_its_own():
    """A bad row fails alone, with its children; order does not matter"""
    w = world()
    bad = plan(w.carl.athlete_id, name='')
    child = exercise_plan(bad, w.exercise)
    leaf = set_plan(child)
    good = weight(w.carl.athlete_id)
    answer = w.anna.push(('SetPlan', leaf), ('ExercisePlan', child), ('TrainingPlan', bad),
                         ('BodyWeightEntry', good))
    assert answer.codes('TrainingPlan', bad) == {('REQUIRED', 'name')}
    assert answer.code('ExercisePlan', child) == answer.code('SetPlan', leaf) == 'PARENT_MISSING'
    assert answer.failed['SetPlan', leaf['id']]['retryable'] is True
    assert list(answer.succeeded) == [('BodyWeightEntry', good['id'])]
    bad['name'] = 'Good'
    w.anna.push(('SetPlan', leaf), ('ExercisePlan', child), ('TrainingPlan', bad)).all_good()


def fields_merge():
    """The client wins field by field, and what it replaced of another's is told"""
    w = world()
    row = weight(w.carl.athlete_id)
    start = w.carl.push(('BodyWeightEntry', row)).entity('BodyWeightEntry', row)
    w.anna.push(('BodyWeightEntry', {**start, 'weight': 70, 'notes': 'theirs'},
                 ['weight', 'notes'])).all_good()
    answer = w.carl.push(('BodyWeightEntry', {**start, 'weight': 71}, ['weight'])).all_good()
    entity = answer.entity('BodyWeightEntry', row)
    assert (entity['weight'], entity['notes'], entity['version']) == (71, 'theirs', 3)
    assert answer.conflicts('BodyWeightEntry', row) == [
        {'field': 'weight', 'theirs': 70, 'by': w.anna.user_id, 'version': 2}]
    answer = w.carl.push(('BodyWeightEntry', {**entity, 'weight': 72, 'version': 1}, ['weight']))
    assert answer.conflicts('BodyWeightEntry', row) == []


def names_of_changed_fields():
    """Names that are not known change nothing; names that cannot be read are refused"""
    w = world()
    row = weight(w.carl.athlete_id)
    w.carl.push(('BodyWeightEntry', row)).all_good()
    new = {**row, 'weight': 99, 'version': 50, 'updatedAt': EPOCH, 'createdBy': w.dora.user_id}
    for names in (['later'], ['version', 'updatedAt', 'createdBy', 'id'], []):
        entity = w.carl.push(('BodyWeightEntry', new, names)).entity('BodyWeightEntry', row)
        assert (entity['weight'], entity['version']) == (80.5, 1), names
        assert entity['createdBy'] == w.carl.user_id
    for names in ('weight', {}, [1]):
        answer = w.carl.push(('BodyWeightEntry', new, names))
        assert answer.codes('BodyWeightEntry', row) == {('BAD_FORMAT', 'changedFields')}


def repeats_change_nothing():
    """A repeat is answered as the row stands now, or with its old failure"""
    w = world()
    device, row = again(w.carl), weight(w.carl.athlete_id)
    bad = weight(w.carl.athlete_id, weight=9999)
    device.push(('BodyWeightEntry', row)).all_good()
    assert device.push(('BodyWeightEntry', bad)).code('BodyWeightEntry', bad) == 'OUT_OF_RANGE'
    w.anna.push(('BodyWeightEntry', {**row, 'weight': 90}, ['weight'])).all_good()
    third = weight(w.carl.athlete_id)
    answer = device.push_numbered(
        {'BodyWeightEntry': [{**row, 'weight': 50, 'mutation': 1},
                             {**bad, 'weight': 80, 'mutation': 2}, {**third, 'mutation': 3}]}, 1)
    entity = answer.entity('BodyWeightEntry', row)
    assert (entity['weight'], entity['version']) == (90, 2)
    assert answer.code('BodyWeightEntry', bad) == 'OUT_OF_RANGE'
    assert answer.document['lastMutation'] == 3 and answer.entity('BodyWeightEntry', third)
    assert live(w.carl, row, bad, third) == [True, False, True]


def gaps_are_refused():
    """A gap in the numbers is refused as a whole, and says where to go on"""
    w = world()
    device = again(w.carl)
    rows = [weight(w.carl.athlete_id) for _ in range(3)]
    device.push(('BodyWeightEntry', rows[0])).all_good()
    for first, numbers in ((3, (3, 4)), (2, (2, 4)), (1, (2 ** 63 - 1,)), (9, ())):
        changes = {'BodyWeightEntry': [{**row, 'mutation': number}
                                       for row, number in zip(rows[1:], numbers)]}
        with refused(409, 'MUTATION_GAP'):
            try:
                device.push_numbered(changes, first)
            except Problem as problem:
                assert problem.document['lastMutation'] == 1
                raise
    for number in (0, -1, '2', 2.5, None, 2 ** 64):
        with refused(400, 'INVALID'):
            device.push_numbered({'BodyWeightEntry': [{**rows[1], 'mutation': number}]}, 2)
    assert live(w.carl, *rows) == [True, False, False]
    with refused(400, 'INVALID'):
        device.push_numbered({'BodyWeightEntry': [{**r, 'mutation': 2} for r in rows[1:]]}, 2)
    other = again(w.dora)
    other.device = device.device
    other.push(('BodyWeightEntry', weight(w.dora.athlete_id))).all_good()


def deletes_cover_children():
    """A delete covers the children, and undo brings the same ones back"""
    w = world()
    top, middle, leaves = w.tree(sets=2)
    w.anna.push(('SetPlan', {**leaves[1], **DELETED}, ['deletedAt'])).all_good()
    entity = w.anna.push(('TrainingPlan', {**top, **DELETED}, ['deletedAt'])).entity(
        'TrainingPlan', top)
    assert entity['deletedAt'] == entity['updatedAt'], 'when it went is for the server to say'
    assert live(w.anna, top, middle, *leaves) == [False] * 4
    w.anna.push(('TrainingPlan', {**top, **BACK}, ['deletedAt'])).all_good()
    assert live(w.anna, top, middle, *leaves) == [True, True, True, False]


def edits_beat_deletes():
    """An edit made elsewhere brings a row back, with its parents and siblings"""
    w = world()
    for name, change in (('edit', {'targetReps': 8}), ('child', None)):
        top, middle, leaves = w.tree()
        w.anna.push(('TrainingPlan', {**top, **DELETED}, ['deletedAt'])).all_good()
        row = {**leaves[0], **change, 'version': 1} if change else set_plan(middle)
        w.carl.push(('SetPlan', row, *([list(change)] if change else []))).all_good()
        assert live(w.anna, top, middle, *leaves, row) == [True] * 5, name


def own_deletes_stay():
    """What one push deletes is not brought back by the edits beside it"""
    w = world()
    for base in (False, True):
        top, middle, leaves = w.tree()
        new = set_plan(middle)
        client = again(w.anna, BaseClient if base else FullClient)
        names = (lambda *keys: []) if base else (lambda *keys: [list(keys)])
        client.push(('SetPlan', {**leaves[0], 'targetReps': 9, **BACK}, *names('targetReps')),
                    ('SetPlan', new),
                    ('TrainingPlan', {**top, **DELETED}, *names('deletedAt'))).all_good()
        assert live(w.anna, top, middle, *leaves, new) == [False] * 5, base
        w.anna.push(('TrainingPlan', {**top, **BACK}, ['deletedAt'])).all_good()
        assert live(w.anna, top, middle, *leaves, new) == [True] * 5, base
    top, middle, leaves = w.tree()
    other = plan(w.carl.athlete_id)
    w.anna.push(('TrainingPlan', other)).all_good()
    w.anna.push(('ExercisePlan', {**middle, 'trainingPlanId': other['id']}, ['trainingPlanId']),
                ('TrainingPlan', {**top, **DELETED}, ['deletedAt'])).all_good()
    assert live(w.anna, top, middle, *leaves, other) == [False, True, True, True, True]


def pairs_are_settled():
    """A pair that two devices made stays once, under the smaller id"""
    w = world()
    _, middle, _ = w.tree()
    variant = {'id': new_id(), 'name': 'Grip ' + new_id()}
    w.anna.push(('Variant', variant)).all_good()
    for order in (1, -1):
        pairs = [{'id': i, 'athleteId': w.carl.athlete_id, 'exercisePlanId': middle['id'],
                  'variantId': variant['id']} for i in sorted((new_id(), new_id()))]
        for who, row in zip((w.anna, w.carl), pairs[::order]):
            who.push(('ExercisePlanVariant', row)).all_good()
        assert live(w.anna, *pairs) == [True, False]
        w.anna.push(('ExercisePlanVariant', {**pairs[0], **DELETED}, ['deletedAt'])).all_good()


VALUES = (
    ({'weight': '80'}, 'BAD_FORMAT'), ({'weight': True}, 'BAD_FORMAT'),
    ({'weight': None}, 'REQUIRED'), ({'weight': 500.1}, 'OUT_OF_RANGE'),
    ({'weight': 1e308}, 'OUT_OF_RANGE'), ({'weight': 10 ** 400}, 'BAD_FORMAT'),
    ({'weight': 0.1 + 80.2}, 0.1 + 80.2), ({'weightUnit': 'st'}, 'BAD_FORMAT'),
    ({'measurementDate': '2026-02-30'}, 'BAD_FORMAT'),
    ({'measurementDate': '2026-02-09T23:30:00-05:00'}, '2026-02-09'),
    ({'measurementDate': '2026-02-09T00:30:00+14:00'}, '2026-02-09'),
    ({'measuredAt': '2026-02-09T01:00:00+02:00'}, '2026-02-08T23:00:00.000000Z'),
    ({'measuredAt': '2026-02-09T01:00:00'}, 'BAD_FORMAT'),
    ({'notes': 'x' * 10001}, 'TOO_LONG'), ({'notes': '\U0001f600' * 10000}, '\U0001f600' * 10000),
    ({'notes': ' e\u0301\x07\x1b\t\n z '}, '\u00e9\t\n z'), ({'notes': 'a\x00b'}, 'a\ufffdb'),
    ({'notes': 'a\ud83d'}, 'a\ufffd'), ({'notes': 5}, 'BAD_FORMAT'),
)


def values_are_checked():
    """Values are brought into one form, or refused by name and code"""
    w = world()
    rows = [weight(w.carl.athlete_id, **change) for change, _ in VALUES]
    answer = w.carl.push(*[('BodyWeightEntry', row) for row in rows])
    for row, (change, expected) in zip(rows, VALUES):
        key = list(change)[0]
        if ('BodyWeightEntry', row['id']) in answer.failed:
            assert answer.codes('BodyWeightEntry', row) == {(expected, key)}, change
        else:
            assert answer.entity('BodyWeightEntry', row)[key] == expected, change
    infinite = json.dumps({'changes': {'BodyWeightEntry': [weight(w.carl.athlete_id)]}})
    status, _, body = w.carl.send('POST', '/api/v1/sync/push',
                                  infinite.replace('80.5', '1e999').encode())
    assert status == 200 and json.loads(body)['failed'][0]['errors'][0]['code'] == 'BAD_FORMAT'


def ids_and_types():
    """Ids come in lower case; unknown types and bad ids fail alone; one id may serve two types"""
    w = world()
    row = weight(w.carl.athlete_id.upper())
    upper = {**row, 'id': row['id'].upper()}
    twin = plan(w.carl.athlete_id, id=row['id'])
    answer = w.carl.push(('BodyWeightEntry', upper), ('TrainingPlan', twin))
    entity = answer.all_good().entity('BodyWeightEntry', row)
    assert entity['id'] == row['id'] and entity['athleteId'] == w.carl.athlete_id
    program = {'id': new_id()}
    document = w.carl.push_body({'changes': {
        'Program': [program], 'BodyWeightEntry': [{'weight': 1}, {'id': 'x'}, {'id': 7},
                                                  weight(w.carl.athlete_id)]}})
    codes = [(f['entityType'], f['entityId'], f['errors'][0]['code']) for f in document['failed']]
    assert ('Program', program['id'], 'UNKNOWN_TYPE') in codes
    assert ('BodyWeightEntry', 'x', 'BAD_FORMAT') in codes
    assert len(codes) == 4 and document['summary']['succeeded'] == 1


def same_row_twice():
    """One row twice in a push is applied in the order of its numbers"""
    w = world()
    row = weight(w.carl.athlete_id)
    document = w.carl.push(('BodyWeightEntry', row),
                           ('BodyWeightEntry', {**row, 'weight': 81}, ['weight']),
                           ('BodyWeightEntry', {**row, 'notes': 'x'}, ['notes'])).document
    assert document['summary'] == {'totalReceived': 3, 'succeeded': 3, 'failed': 0}
    for success in document['succeeded']:
        assert (success['entity']['weight'], success['entity']['notes']) == (81, 'x')


def bodies_are_limited():
    """Size, number of rows and depth are limited; gzip is unpacked within the limits"""
    carl = world().carl
    mine = carl.athlete_id
    rows = [weight(mine) for _ in range(501)]
    with refused(413, 'TOO_LARGE'):
        carl.push_body({'changes': {'BodyWeightEntry': rows}})
    packed = gzip.compress(json.dumps({'changes': {'BodyWeightEntry': rows[:500]}}).encode())
    status, _, body = carl.send('POST', '/api/v1/sync/push', packed,
                                {'Content-Encoding': 'gzip'})
    assert status == 200 and json.loads(body)['summary']['succeeded'] == 500
    huge = b'{"changes":{},"x":"' + b'a' * (2 << 20) + b'"}'
    for data, headers, wanted in (
            (huge, {}, 413), (gzip.compress(huge), {'Content-Encoding': 'gzip'}, 413),
            (b'{"changes":{},"x":' + b'[' * 16 + b']' * 16 + b'}', {}, 400),
            (b'{"changes":{},"x":' + b'[' * 15 + b']' * 15 + b'}', {}, 200),
            (b'[' * 100000, {}, 400), (b'{"changes":{"X":[{"weight":NaN}]}}', {}, 400),
            (b'{"changes":{},"x":"\xff"}', {}, 400), (b'[]', {}, 400), (b'{}', {}, 400)):
        status, answered, body = carl.send('POST', '/api/v1/sync/push', data, headers)
        assert status == wanted, (status, data[:40])
        if status != 200:
            check_problem(Problem(status, answered['Content-Type'], body, answered))
        carl.close()


TESTS = (
    base_pushes_whole_rows, foreign_rows_are_missing_rows, nothing_changes_hands,
    catalogue_is_read_only, exercises_have_one_owner, roles_stay, locked_plans_are_the_coachs,
    each_row_on_its_own, fields_merge, names_of_changed_fields, repeats_change_nothing,
    gaps_are_refused, deletes_cover_children, edits_beat_deletes, own_deletes_stay,
    pairs_are_settled, values_are_checked, ids_and_types, same_row_twice, bodies_are_limited,
)

if __name__ == '__main__':
    sys.exit(lift_tap.run(TESTS))
