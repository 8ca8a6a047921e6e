#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits, what was refused, what lost: the commands for that, against a real server."""
import json
import os
import shutil
import stat
import sys
import time

import lift_tap
from cli_world import Computer, DAMAGED, DONE, INVALID, PARTIAL, SQUAT, USAGE, World

MISSING = '00000000-0000-7000-8000-000000000000'


def refused(computer, code, word, *arguments):
    """The command ends with that code, says why on standard error, and prints nothing else."""
    answer = computer.run(*arguments)
    assert answer.code == code, (arguments, answer)
    assert word in answer.err, (arguments, answer)
    assert answer.out == '', answer


def waiting(computer):
    return {row['entityId']: row for row in computer.do('waiting', '--json').json}


def locked_plan(world):
    """A plan that the athlete changed, and that the server refuses, for the coach has locked it."""
    plan = world.plan(isLocked='true')
    world.coach.do('sync')
    world.athlete.do('sync')
    world.athlete.do('update', 'TrainingPlan', plan, 'name=Mine')
    assert world.athlete.run('sync').code == PARTIAL
    return plan


def test_what_waits():
    """Each row that is not on the server is listed with what was done to it"""
    with World() as world:
        plan, other = world.plan(), world.plan(name='Upper')
        world.coach.do('sync')
        assert world.coach.do('waiting', '--json').json == []
        answer = world.coach.do('waiting')
        assert answer.out == '' and answer.err == 'Everything is on the server.\n', answer
        world.coach.do('update', 'TrainingPlan', plan, 'name=Lower B', 'notes=slow')
        world.coach.do('delete', 'TrainingPlan', other)
        added = world.plan(name='New')
        rows = waiting(world.coach)
        assert {row: rows[row]['change'] for row in rows} == {plan: 'edited', other: 'deleted', added: 'added'}, rows
        assert sorted(rows[plan]['changedFields']) == ['name', 'notes'], rows
        assert rows[added]['changedFields'] == [] and rows[added]['since'].endswith('Z'), rows
        assert all(row['state'] == 'waits' and row['errors'] == [] for row in rows.values()), rows
        assert rows[plan]['title'] == 'Lower B · 2026-11-23', rows
        text = world.coach.do('waiting').out
        assert 'Lower B · 2026-11-23\n  changed; goes with the next sync\n' in text, text
        assert '\n  name: "Lower A" → "Lower B"\n  ' in text and '\n  notes: no value → "slow"\n' in text, text
        assert '\n  added; goes with the next sync\n' in text and '\n  name: "New"\n' in text, text
        assert 'athleteId' not in text and 'deletedAt' not in text and 'createdAt' not in text, text
        values = {value['field']: (value['serverHas'], value['here']) for value in rows[plan]['values']}
        assert values == {'name': ('Lower A', 'Lower B'), 'notes': (None, 'slow')}, values


def test_a_refusal_is_explained():
    """A refused row is listed with its reason, and status counts it and says when it goes again"""
    with World() as world:
        plan = locked_plan(world)
        row = waiting(world.athlete)[plan]
        assert row['state'] in ('retry', 'needsAttention') and row['errors'][0]['code'] == 'LOCKED', row
        text = world.athlete.do('waiting').out
        assert plan in text and 'refused' in text and row['errors'][0]['message'] in text, text
        status = world.athlete.status()
        assert status['retrying'] + status['needsAttention'] == 1, status
        assert (status['nextRetryAt'] is None) == (status['retrying'] == 0), status
        assert status['parked'] == 0 and status['notes'] == 0, status
        assert 'Needs attention: ' in world.athlete.do('status').out


def test_discard_and_restore():
    """A change is taken back, and the journal brings it back"""
    with World() as world:
        plan = locked_plan(world)
        entry = world.athlete.do('discard', 'TrainingPlan', plan, '--json').json['entry']
        row = world.athlete.get('TrainingPlan', plan)
        assert row['name'] == 'Lower A' and not row['isDirty'], row
        status = world.athlete.status()
        assert (status['pending'], status['conflicts'], status['notes']) == (0, 0, 1), status
        shown = world.athlete.do('conflicts', '--json').json
        assert [(e['kind'], e['field'], e['mine'], e['theirs']) for e in shown] == [
            ('discarded', 'name', 'Lower A', 'Mine')], shown
        text = world.athlete.do('conflicts').out
        assert '"Mine"' in text and 'discarded' in text and 'Lower A · 2026-11-23' in text, text
        world.athlete.do('conflicts', 'restore', str(entry))
        assert world.athlete.get('TrainingPlan', plan)['name'] == 'Mine'
        assert world.athlete.run('conflicts', 'restore', str(entry)).code == INVALID
        answer = world.athlete.do('discard', 'TrainingPlan', plan)
        assert 'conflicts restore' in answer.out, answer


def test_dismissed_is_not_lost():
    """What was dismissed is off the list, and its number still brings it back"""
    with World() as world:
        plan = locked_plan(world)
        entry = str(world.athlete.do('discard', 'TrainingPlan', plan, '--json').json['entry'])
        answer = world.athlete.do('conflicts', 'dismiss', entry)
        assert f'conflicts restore {entry}"' in answer.out, answer
        answer = world.athlete.do('conflicts')
        assert answer.out == '' and 'no open entries' in answer.err, answer
        assert world.athlete.run('conflicts', 'dismiss', entry).code == INVALID
        answer = world.athlete.do('conflicts', 'restore', entry)
        assert answer.out == 'Restored. The next sync sends it.\n', answer
        assert world.athlete.get('TrainingPlan', plan)['name'] == 'Mine'
        assert world.athlete.run('conflicts', 'restore', entry).code == INVALID


def test_what_is_due_has_no_past():
    """A refused row that is due goes with the next sync; nothing speaks of a minute that has gone by"""
    with World() as world:
        plan = locked_plan(world)
        answer = world.athlete.do('retry', 'TrainingPlan', plan)
        assert answer.out == 'The next sync tries it again.\n', answer
        text = world.athlete.do('waiting').out
        assert 'refused, tried again with the next sync' in text, text
        assert world.athlete.do('retry', '--json').out == ''


def test_discard_a_new_plan():
    """A plan that was never sent goes with all in it, and comes back with all in it"""
    with World() as world:
        plan = world.plan()
        exercise = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}')
        number = world.coach.create('SetPlan', f'exercisePlanId={exercise}', 'setNumber=1', 'targetReps=5')
        entry = world.coach.do('discard', 'TrainingPlan', plan, '--json').json['entry']
        assert world.coach.status()['pending'] == 0
        assert world.coach.run('get', 'SetPlan', number).code == INVALID
        entries = world.coach.do('conflicts', '--json').json
        assert len(entries) == 3 and len({e['deed'] for e in entries}) == 1, entries
        assert 'together' in world.coach.do('conflicts').out
        world.coach.do('conflicts', 'restore', str(entry + 2))
        world.coach.do('sync')
        world.athlete.do('sync')
        assert world.athlete.get('SetPlan', number)['targetReps'] == 5


def test_wrong_calls():
    """Calls that cannot be meant are usage errors; rows that do not wait are named"""
    with World() as world:
        plan = world.plan()
        world.coach.do('sync')
        refused(world.coach, USAGE, 'Usage', 'waiting', 'TrainingPlan')
        refused(world.coach, USAGE, 'Usage', 'discard', 'TrainingPlan')
        refused(world.coach, USAGE, 'Usage', 'export')
        refused(world.coach, USAGE, 'Usage', 'export', 'everything')
        refused(world.coach, USAGE, 'Usage', 'conflicts', 'burn', '1')
        refused(world.coach, USAGE, 'first', 'conflicts', 'dismiss', 'first')
        refused(world.coach, INVALID, 'Plann', 'discard', 'Plann', plan)
        refused(world.coach, INVALID, 'Lower A', 'discard', 'TrainingPlan', plan)
        refused(world.coach, INVALID, MISSING, 'discard', 'TrainingPlan', MISSING)
        refused(world.coach, INVALID, 'id', 'discard', 'TrainingPlan', 'not-an-id')
        refused(world.coach, INVALID, '999', 'conflicts', 'dismiss', '999')
        refused(world.coach, INVALID, 'is not the id of a row', 'discard', 'TrainingPlan', 'not-an-id')
        refused(world.coach, DAMAGED, '/nowhere/at/all.json cannot', 'export', 'unsynced', '/nowhere/at/all.json')


def test_who_it_was():
    """A conflict names the person, and can be dismissed"""
    with World() as world:
        plan = world.plan()
        world.coach.do('sync')
        world.athlete.do('sync')
        world.coach.do('update', 'TrainingPlan', plan, 'notes=from the coach')
        world.athlete.do('update', 'TrainingPlan', plan, 'notes=from the athlete')
        world.coach.do('sync')
        world.athlete.do('sync')
        entry, = world.athlete.do('conflicts', '--json').json
        assert entry['kind'] == 'conflict' and entry['byName'] == 'Anna' and entry['restorable'], entry
        assert 'by Anna' in world.athlete.do('conflicts').out
        world.athlete.do('conflicts', 'dismiss', str(entry['number']))
        assert world.athlete.do('conflicts', '--json').json == []
        assert world.athlete.get('TrainingPlan', plan)['notes'] == 'from the athlete'


def test_a_delete_that_was_undone_is_told():
    """The coach's delete meets the athlete's edit: the plan is back, and the coach is told by whom"""
    with World() as world:
        plan = world.plan()
        exercise = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}')
        world.coach.do('sync')
        world.athlete.do('sync')
        world.coach.do('delete', 'TrainingPlan', plan)
        world.coach.do('sync')
        world.athlete.do('update', 'ExercisePlan', exercise, 'notes=knee')
        world.athlete.do('sync')
        world.coach.do('sync')
        assert world.coach.get('TrainingPlan', plan)['deletedAt'] is None
        entry, = world.coach.do('conflicts', '--json').json
        assert (entry['kind'], entry['entityId'], entry['byName']) == ('revived', plan, 'Ben'), entry
        assert not entry['restorable']
        assert 'Ben' in world.coach.do('conflicts').out
        assert world.coach.status()['conflicts'] == 0 and world.coach.status()['notes'] == 1
        refused(world.coach, INVALID, 'only tells', 'conflicts', 'restore', str(entry['number']))
        world.coach.do('conflicts', 'dismiss', str(entry['number']))
        assert world.coach.status()['notes'] == 0


def test_a_delete_is_not_a_value():
    """A delete that lost is told in words, by whom it was, and that restoring it deletes"""
    with World() as world:
        plan, other = world.plan(), world.plan(name='Upper')
        world.coach.do('sync')
        world.athlete.do('sync')
        tablet = world.computer('ben', 'tablet')
        world.coach.do('delete', 'TrainingPlan', plan)
        world.coach.do('sync')
        tablet.do('update', 'TrainingPlan', other, 'notes=heavy')
        tablet.do('sync')
        world.athlete.do('update', 'TrainingPlan', plan, 'name=Mine')
        world.athlete.do('update', 'TrainingPlan', other, 'notes=light')
        world.athlete.do('sync')
        text = world.athlete.do('conflicts').out
        assert 'was deleted by Anna, and is kept since you changed it; restore deletes it' in text, text
        assert 'kept "light", lost "heavy" (by you on another device)' in text, text
        assert 'null' not in text and 'deletedAt' not in text, text
        number = next(e['number'] for e in world.athlete.do('conflicts', '--json').json if e['field'] == 'deletedAt')
        world.athlete.do('conflicts', 'restore', str(number))
        assert world.athlete.get('TrainingPlan', plan)['deletedAt']
        world.athlete.do('discard', 'TrainingPlan', plan)
        assert 'you took its delete back' in world.athlete.do('conflicts').out


def settled(computer):
    """What was edited beside a program that watches has gone, or so it says."""
    for _ in range(200):
        if computer.status()['pending'] == 0:
            return
        time.sleep(0.2)
    raise AssertionError(computer.status())


def test_two_live_copies():
    """A folder was copied to another computer, and both go on: no edit of either is lost"""
    with World() as world:
        one = world.athlete
        row = one.create('TrainingSession', 'athleteId=' + world.ben, 'sessionDate=2026-11-23', 'name=old')
        one.do('sync')
        two = Computer(os.path.join(world.folder, 'copy'), world.server)
        shutil.copytree(one.folder, two.folder)
        watching = [one.start('watch'), two.start('watch')]
        try:
            mine = {}
            for n in range(4):
                for computer, field in ((one, 'name'), (two, 'notes')):
                    mine[field] = f'{field} {n}'
                    computer.do('update', 'TrainingSession', row, f'{field}={mine[field]}')
                    new = computer.create('BodyWeightEntry', 'athleteId=' + world.ben, f'weight={70 + n}',
                                          f'measurementDate=2026-11-{len(mine):02}')
                    mine[new] = 70 + n
                    settled(computer)
        finally:
            for process in watching:
                process.terminate()
                process.wait()
        for computer in (one, two, world.computer('ben', 'third')):
            computer.do('sync')
            got = computer.get('TrainingSession', row)
            assert (got['name'], got['notes']) == (mine['name'], mine['notes']), got
            weights = {entry['id']: entry['weight'] for entry in computer.do('list', 'BodyWeightEntry', '--json').json}
            assert weights == {key: value for key, value in mine.items() if key not in ('name', 'notes')}, weights
            assert computer.do('conflicts', '--json').json == []


def test_export():
    """What is not on the server goes to a file that only its owner reads, and rows of it can be made anew"""
    with World() as world:
        weight = world.athlete.create('BodyWeightEntry', 'weight=82.5', 'measurementDate=2026-11-23')
        locked = locked_plan(world)
        lost = world.athlete.create('BodyWeightEntry', 'weight=83', 'measurementDate=2026-11-24', 'notes=at home')
        path = os.path.join(world.folder, 'unsynced.json')
        assert path in world.athlete.do('export', 'unsynced', path).out
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        with open(path, encoding='utf-8') as file:
            archive = json.load(file)
        assert (archive['format'], archive['version']) == ('liftlogger-unsynced', 1), archive
        rows = {row['entityId']: row for row in archive['rows']}
        assert set(rows) == {locked, lost} and weight not in rows, rows
        assert rows[locked]['row']['name'] == 'Mine' and rows[locked]['serverHas'] == {'name': 'Lower A'}, rows
        assert rows[locked]['errors'][0]['code'] == 'LOCKED', rows
        shown = world.athlete.do('export', 'unsynced').json
        assert shown['rows'] == archive['rows'] and shown['journal'] == []
        # As after the loss of this computer: another one takes the rows that were added.
        other = world.computer('ben', 'another computer')
        added = [row['row'] for row in archive['rows'] if row['change'] == 'added']
        other.do('create', 'BodyWeightEntry', '--json', '-', text=json.dumps(added))
        other.do('sync')
        world.athlete.run('sync')
        world.coach.do('sync')
        row = world.coach.get('BodyWeightEntry', lost)
        assert row['weight'] == 83 and row['notes'] == 'at home', row
        assert len(world.coach.do('list', 'BodyWeightEntry', '--json').json) == 2


def lock(world):
    """Takes from the athlete's folder, and all in it, what is needed to write; returns who cannot write there."""
    os.chmod(world.folder, 0o755)
    for root, folders, files in os.walk(world.athlete.folder, topdown=False):
        for name in folders + files:
            os.chmod(os.path.join(root, name), 0o555)
    os.chmod(world.athlete.folder, 0o555)
    nobody = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
    try:
        world.athlete.run('--version', **nobody)
    except PermissionError as reason:
        raise lift_tap.Skip('the programs are where only root can start them') from reason
    return nobody


def unlock(world):
    for root, folders, files in os.walk(world.athlete.folder):
        os.chmod(root, 0o755)


def test_a_store_that_cannot_be_written():
    """What is in a store that cannot be written can be read and taken out; the rest is exit 6 and says why"""
    with World() as world:
        plan = locked_plan(world)
        nobody = lock(world)
        for arguments in (['status'], ['waiting'], ['conflicts'], ['list', 'TrainingPlan'],
                          ['get', 'TrainingPlan', plan], ['export', 'unsynced']):
            answer = world.athlete.run(*arguments, **nobody)
            assert answer.code == DONE and 'Only reading' in answer.err, (arguments, answer)
            assert plan in answer.out or arguments[0] in ('status', 'conflicts'), (arguments, answer)
        for arguments in (['update', 'TrainingPlan', plan, 'name=Other'], ['discard', 'TrainingPlan', plan], ['sync']):
            answer = world.athlete.run(*arguments, **nobody)
            assert answer.code == DAMAGED and 'store.db' in answer.err, (arguments, answer)
            assert os.strerror(2) not in answer.err and os.strerror(13) in answer.err, (arguments, answer)
        unlock(world)


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    assert DONE == 0
    sys.exit(lift_tap.run(TESTS))
