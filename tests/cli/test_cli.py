#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line against a real server: what scripts rely on."""
import os
import sqlite3
import sys
import tempfile

import lift_tap
from cli_world import (DAMAGED, DONE, INVALID, OFFLINE, PARTIAL, PASSWORD, SIGN_IN, SQUAT, USAGE, Computer, Server,
                       World)

MISSING = '00000000-0000-7000-8000-000000000000'


def refused(computer, code, word, *arguments, text=None):
    """The command ends with that code, says why on standard error, and prints nothing else."""
    answer = computer.run(*arguments, text=text)
    assert answer.code == code, (arguments, answer)
    assert word in answer.err, (arguments, answer)
    assert answer.out == '', answer
    assert 'SELECT' not in answer.err and 'INSERT' not in answer.err, answer


def test_help_and_version():
    """Help lists every command; a wrong call is a usage error"""
    with tempfile.TemporaryDirectory() as folder:
        computer = Computer(folder, None)
        text = computer.do('--help').out
        for command in ('login logout status sync watch list get create update delete restore waiting retry discard '
                        'conflicts export doctor').split():
            assert '\n  ' + command in text, command
        assert computer.do('--version').out.startswith('liftlogger ')
        refused(computer, USAGE, 'command is missing')
        refused(computer, USAGE, 'frobnicate', 'frobnicate')
        refused(computer, USAGE, 'Usage', 'get', 'SetPlan')
        refused(computer, USAGE, '--nonsense', 'list', 'SetPlan', '--nonsense')


def test_nobody_signed_in():
    """Without a sign-in, exit 5"""
    with tempfile.TemporaryDirectory() as folder:
        computer = Computer(folder, None)
        for arguments in (['status'], ['sync'], ['list', 'Exercise'], ['doctor']):
            assert computer.run(*arguments).code == SIGN_IN, computer.run(*arguments)


def test_sign_in_errors():
    """A wrong password is exit 5, no server exit 4, a bad address exit 1"""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        server.add_user('anna', 'coach')
        server.start()
        computer = Computer(os.path.join(folder, 'anna'), server)
        refused(computer, SIGN_IN, '', '--server', server.url, 'login', 'anna', text='wrong password\n')
        refused(computer, SIGN_IN, '', '--server', server.url, 'login', 'nobody', text=PASSWORD + '\n')
        assert 'HTTP' not in computer.run('--server', server.url, 'login', 'anna', text='wrong password\n').err
        url = server.url
        server.stop()
        refused(computer, OFFLINE, '', '--server', url, 'login', 'anna', text=PASSWORD + '\n')
        refused(computer, USAGE, '', '--server', 'gopher://x', 'login', 'anna', text=PASSWORD + '\n')


def test_password_file():
    """The password may come from a file, and the general options from behind the command"""
    with World() as world:
        path = os.path.join(world.folder, 'password')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(PASSWORD + '\n')
        computer = Computer(os.path.join(world.folder, 'again'), world.server)
        computer.do('login', 'ANNA', '--password-file', path, '--server', world.server.url)
        status = computer.status()
        assert (status['account'], status['userType'], status['signedIn']) == ('anna', 'coach', True), status
        assert status['server'] == world.server.url, status
        refused(computer, USAGE, 'nowhere', 'login', 'anna', '--password-file', '/nowhere')


def test_sign_in_goes_where_it_was():
    """login without --server goes to the account's own server, and what it says names host and port"""
    with World() as world:
        server = world.server.url
        answer = world.coach.do('login', 'Anna', text=PASSWORD + '\n')
        assert server in answer.err, answer
        assert world.coach.status()['server'] == server
        world.server.stop()
        for name in ('anna', 'somebody'):
            refused(world.coach, OFFLINE, server.removeprefix('http://'), 'login', name, text=PASSWORD + '\n')
        refused(world.coach, OFFLINE, 'localhost:1', 'login', 'anna', '--server', 'localhost:1', text=PASSWORD + '\n')


def test_other_accounts_are_not_forgotten():
    """Status tells what another account of this computer has that is not on its server"""
    with World() as world:
        world.plan()
        assert world.coach.status()['otherAccounts'] == []
        world.coach.do('logout', '--keep')
        world.coach.sign_in('ben')
        server = world.server.url
        assert world.coach.status()['otherAccounts'] == [{'account': 'anna', 'server': server, 'pending': 1}]
        text = world.coach.do('status').out
        assert f'anna on {server} has 1 change that is not on the server' in text, text
        world.coach.sign_in('anna')
        world.coach.do('sync')
        world.coach.sign_in('ben')
        assert 'anna' not in world.coach.do('status').out


def test_create_offline_is_dirty_and_sync_makes_it_clean():
    """Create offline: dirty. Sync: clean, lastSyncedAt set"""
    with World() as world:
        world.server.stop()
        plan = world.plan()
        row = world.coach.get('TrainingPlan', plan)
        assert row['isDirty'] and row['lastSyncedAt'] is None and row['changedFields'] == [], row
        assert world.coach.status()['pending'] == 1
        answer = world.coach.run('sync', '--json')
        assert answer.code == OFFLINE and answer.json['result'] == 'failure' and answer.json['error'], answer
        assert world.coach.get('TrainingPlan', plan)['isDirty']
        world.server.start()
        answer = world.coach.do('sync', '--json').json
        assert answer == {'result': 'success', 'pulled': answer['pulled'], 'pushed': 1, 'failed': [], 'error': None}
        row = world.coach.get('TrainingPlan', plan)
        assert not row['isDirty'] and row['lastSyncedAt'] and row['version'] == 1 and row['createdBy'], row
        status = world.coach.status()
        assert status['pending'] == 0 and status['lastSyncedAt'] and status['cursor'], status


def test_plan_travels_and_comes_back():
    """A plan travels to the athlete and the set that was done comes back"""
    with World() as world:
        plan = world.plan()
        exercise = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}', 'orderIndex=0')
        target = world.coach.create('SetPlan', f'exercisePlanId={exercise}', 'setNumber=1', 'targetReps=5',
                                    'targetWeight=100', 'targetRpe=8')
        world.coach.do('sync')
        world.athlete.do('sync')
        seen = world.athlete.get('SetPlan', target)
        assert (seen['targetReps'], seen['targetWeight'], seen['targetRpe']) == (5, 100, 8), seen
        assert seen['athleteId'] == world.ben and seen['targetRir'] is None, seen
        session = world.athlete.create('TrainingSession', f'trainingPlanId={plan}', 'sessionDate=2026-11-23')
        done = world.athlete.create('ExerciseSession', f'trainingSessionId={session}', f'exercisePlanId={exercise}',
                                    f'exerciseId={SQUAT}')
        result = world.athlete.create('SetSession', f'exerciseSessionId={done}', f'setPlanId={target}', 'setNumber=1',
                                      'actualReps=5', 'actualWeight=102.5', 'actualRpe=8.5')
        world.athlete.do('sync')
        world.coach.do('sync')
        assert world.coach.get('SetSession', result)['actualWeight'] == 102.5


def test_update_names_only_what_changed():
    """Update marks just the fields that changed; FIELD= sets null; zero is not null"""
    with World() as world:
        plan = world.plan(notes='knee')
        world.coach.do('sync')
        world.coach.do('update', 'TrainingPlan', plan, 'name=Lower B', 'date=2026-11-23')
        assert world.coach.get('TrainingPlan', plan)['changedFields'] == ['name']
        world.coach.do('update', 'TrainingPlan', plan, 'notes=', 'orderInDay=0')
        row = world.coach.get('TrainingPlan', plan)
        assert row['notes'] is None and row['orderInDay'] == 0, row
        assert sorted(row['changedFields']) == ['name', 'notes', 'orderInDay'], row


def test_delete_and_restore_with_children():
    """Delete covers the children, restore brings the same ones back"""
    with World() as world:
        plan = world.plan()
        kept = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}')
        gone = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}')
        world.coach.do('delete', 'ExercisePlan', gone)
        world.coach.do('delete', 'TrainingPlan', plan)
        assert world.coach.do('list', 'ExercisePlan', '--json').json == []
        assert len(world.coach.do('list', 'ExercisePlan', '--deleted', '--json').json) == 2
        world.coach.do('restore', 'TrainingPlan', plan)
        assert [row['id'] for row in world.coach.do('list', 'ExercisePlan', '--json').json] == [kept]


def test_list_filters():
    """List filters by fields and checks what it is given"""
    with World() as world:
        world.plan(name='One')
        two = world.plan(name='Two', date='2026-11-24')
        rows = world.coach.do('list', 'TrainingPlan', '--where', 'date=2026-11-24', '--json').json
        assert [row['id'] for row in rows] == [two]
        rows = world.coach.do('list', 'trainingplan', '--where', 'date=2026-11-24', '--where', 'name=One', '--json').json
        assert rows == []
        lines = world.coach.do('list', 'TrainingPlan').out.splitlines()
        assert len(lines) == 2 and '\tname=One\t' in lines[0], lines
        refused(world.coach, INVALID, 'nmae', 'list', 'TrainingPlan', '--where', 'nmae=One')
        refused(world.coach, INVALID, 'date', 'list', 'TrainingPlan', '--where', 'date=someday')


def test_bad_data_is_refused_and_named():
    """Each kind of bad data has its error, and nothing is written"""
    with World() as world:
        plan = world.plan()
        exercise = world.coach.create('ExercisePlan', f'trainingPlanId={plan}', f'exerciseId={SQUAT}')
        before = world.coach.status()['pending']
        good = ['create', 'SetPlan', f'exercisePlanId={exercise}', 'setNumber=1']
        for word, *arguments in (
                ('Plann', 'create', 'Plann', 'name=x'),
                ('Plann', 'get', 'Plann', plan),
                ('reps', *good, 'reps=5'),
                ('targetReps', *good, 'targetReps=1000'),
                ('targetReps', *good, 'targetReps=five'),
                ('targetRpe', *good, 'targetRpe=8.3'),
                ('targetRpe', *good, 'targetRpe=11'),
                ('targetWeight', *good, 'targetWeight=nan'),
                ('targetRir', *good, 'targetRpe=8', 'targetRir=2'),
                ('kind', *good, 'kind=hard'),
                ('version', *good, 'version=3'),
                ('exercisePlanId: must be the id of a row', 'create', 'SetPlan', 'exercisePlanId=123', 'setNumber=1'),
                ('exercisePlanId', 'create', 'SetPlan', f'exercisePlanId={MISSING}', f'athleteId={world.ben}'),
                ('date', 'create', 'TrainingPlan', f'athleteId={world.ben}', 'name=x', 'date=2026-02-30'),
                ('name', 'create', 'TrainingPlan', f'athleteId={world.ben}', 'date=2026-02-28'),
                ('athleteId', 'create', 'TrainingPlan', 'name=x', 'date=2026-02-28'),
                ('FIELD=VALUE', *good, 'targetReps'),
                ('id', 'get', 'TrainingPlan', 'not-an-id'),
                ('id', 'get', 'TrainingPlan', MISSING),
                ('name', 'update', 'TrainingPlan', plan, 'name='),
                ('colour', 'update', 'TrainingPlan', plan, 'colour=red'),
                ('Exercise', 'update', 'Exercise', SQUAT, 'name=Mine')):
            refused(world.coach, INVALID, word, *arguments)
        assert world.coach.status()['pending'] == before
        assert world.coach.get('TrainingPlan', plan)['name'] == 'Lower A'


def test_rows_from_json():
    """Rows come from a file or standard input, all of them or none"""
    with World() as world:
        row = '{"athleteId":"%s","name":"%s","date":"%s"}'
        rows = ','.join(row % (world.ben, f'Day {n}', '2026-11-23') for n in range(3))
        ids = world.coach.do('create', 'TrainingPlan', '--json', '-', text=f'[{rows}]').out.split()
        assert len(ids) == 3
        bad = rows + ',' + row % (world.ben, 'Day 4', 'never')
        refused(world.coach, INVALID, 'date', 'create', 'TrainingPlan', '--json', '-', text=f'[{bad}]')
        refused(world.coach, INVALID, 'JSON', 'create', 'TrainingPlan', '--json', '-', text='{"name":')
        refused(world.coach, INVALID, '', 'create', 'TrainingPlan', '--json', '-', text='[' * 100000)
        refused(world.coach, INVALID, 'colour', 'create', 'TrainingPlan', '--json', '-', text='{"colour":1}')
        assert len(world.coach.do('list', 'TrainingPlan', '--json').json) == 3


def test_hundred_rows():
    """A hundred rows are made and synced in well under the bounds"""
    with World() as world:
        row = '{"athleteId":"%s","name":"Day","date":"2026-11-23"}' % world.ben
        world.coach.do('create', 'TrainingPlan', '--json', '-', text='[' + ','.join([row] * 100) + ']')
        assert world.coach.do('sync', '--json').json['pushed'] == 100
        assert world.coach.status()['pending'] == 0


def test_a_refused_row_waits_and_the_others_go():
    """A row that the server refuses waits with its reason; the others go; a retry sends it again"""
    with World() as world:
        locked = world.plan(isLocked='true')
        world.coach.do('sync')
        world.athlete.do('sync')
        world.athlete.do('update', 'TrainingPlan', locked, 'name=Mine')
        weight = world.athlete.create('BodyWeightEntry', 'weight=82.5', 'measurementDate=2026-11-23')
        answer = world.athlete.run('sync', '--json')
        assert answer.code == PARTIAL and answer.json['result'] == 'partial', answer
        failed = answer.json['failed']
        assert len(failed) == 1 and failed[0]['entityId'] == locked, failed
        assert failed[0]['entityType'] == 'TrainingPlan' and failed[0]['errors'][0]['code'] == 'LOCKED', failed
        assert not world.athlete.get('BodyWeightEntry', weight)['isDirty']
        row = world.athlete.get('TrainingPlan', locked)
        assert row['isDirty'] and row['name'] == 'Mine', row
        status = world.athlete.status()
        assert status['retrying'] + status['needsAttention'] == 1, status
        answer = world.athlete.run('sync')
        assert answer.code == PARTIAL and f'{locked}  Mine · 2026-11-23: ' in answer.err, answer
        answer = world.athlete.run('sync', '--json')
        assert answer.code == PARTIAL and answer.json['result'] == 'partial' and answer.json['failed'], answer
        world.coach.do('update', 'TrainingPlan', locked, 'isLocked=false')
        world.coach.do('sync')
        world.athlete.do('retry', 'TrainingPlan', locked)
        world.athlete.do('sync')
        assert world.athlete.status()['pending'] == 0
        world.coach.do('sync')
        assert world.coach.get('TrainingPlan', locked)['name'] == 'Mine'


def test_a_conflict_is_kept_and_can_be_restored():
    """Both change one field: the last push wins, the value that lost is listed and comes back"""
    with World() as world:
        plan = world.plan()
        world.coach.do('sync')
        world.athlete.do('sync')
        world.coach.do('update', 'TrainingPlan', plan, 'notes=from the coach')
        world.athlete.do('update', 'TrainingPlan', plan, 'notes=from the athlete', 'orderInDay=2')
        world.coach.do('sync')
        world.athlete.do('sync')
        world.coach.do('sync')
        row = world.coach.get('TrainingPlan', plan)
        assert row['notes'] == 'from the athlete' and row['orderInDay'] == 2, row
        conflicts = world.athlete.do('conflicts', '--json').json
        assert [c['field'] for c in conflicts] == ['notes'], conflicts
        assert conflicts[0]['theirs'] == 'from the coach' and conflicts[0]['mine'] == 'from the athlete', conflicts
        world.athlete.do('conflicts', 'restore', str(conflicts[0]['number']))
        world.athlete.do('sync')
        world.coach.do('sync')
        assert world.coach.get('TrainingPlan', plan)['notes'] == 'from the coach'
        refused(world.athlete, USAGE, 'first', 'conflicts', 'restore', 'first')
        assert world.athlete.run('conflicts', 'restore', '999').code == INVALID


def test_logout_refuses_while_rows_wait():
    """Logout refuses while rows wait; --keep leaves them for the next sign-in; --discard loses them"""
    with World() as world:
        plan = world.plan()
        refused(world.coach, PARTIAL, '--keep', 'logout')
        world.coach.do('logout', '--keep')
        assert world.coach.run('sync').code == SIGN_IN
        world.coach.sign_in('anna')
        world.coach.do('sync')
        assert not world.coach.get('TrainingPlan', plan)['isDirty']
        world.plan(name='Never sent')
        world.coach.do('logout', '--discard')
        assert world.coach.run('status').code == SIGN_IN
        other = world.computer('anna', 'another computer')
        assert [row['name'] for row in other.do('list', 'TrainingPlan', '--json').json] == ['Lower A']


def test_tokens_go_to_their_own_server():
    """Neither --server nor LIFTLOGGER_SERVER shows the sign-in to another server; exit 5 says where it is from"""
    with World() as world:
        for arguments in (['--server', 'https://elsewhere.example.org', 'sync'],
                          ['watch', '--server', 'https://elsewhere.example.org']):
            refused(world.coach, SIGN_IN, world.server.url, *arguments)
        refused(world.coach, USAGE, 'gopher', 'sync', '--server', 'gopher://x')
        world.coach.do('sync', '--server', world.server.url.replace('127.0.0.1', 'localhost') + '/')


def test_watch_ends_with_the_sign_in():
    """A watch whose sign-in has ended says so and is exit 5, instead of waiting for ever"""
    with World() as world:
        world.coach.do('logout', '--keep')
        answer = world.coach.run('watch', timeout=60)
        assert answer.code == SIGN_IN and 'sign in again' in answer.err, answer


def test_status_knows_the_end_of_the_sign_in():
    """What a sync learnt of the sign-in, status tells; what waits stays, and goes with the next one"""
    with World() as world:
        world.plan()
        database = sqlite3.connect(os.path.join(world.folder, 'server.db'))
        database.execute('DELETE FROM token')
        database.commit()
        database.close()
        assert world.coach.status()['signedIn'] is True
        assert world.coach.run('sync').code == SIGN_IN
        status = world.coach.status()
        assert (status['account'], status['signedIn'], status['pending']) == ('anna', False, 1), status
        assert 'sign in again' in world.coach.do('status').out
        world.server.stop()
        assert world.coach.run('sync').code == SIGN_IN
        world.server.start()
        world.coach.sign_in('anna')
        assert world.coach.status()['signedIn'] is True
        world.coach.do('sync')
        assert world.coach.status()['pending'] == 0


def test_discard_while_open():
    """An account that another program has open is not removed; once that has ended, however, it is"""
    with World() as world:
        plan = world.plan()
        watch = world.coach.start('watch')
        try:
            assert 'sent 1' in watch.stdout.readline()
            refused(world.coach, PARTIAL, 'anna is open', 'logout', '--discard')
            assert world.coach.get('TrainingPlan', plan)['name'] == 'Lower A'
            assert world.coach.status()['signedIn'] is True
        finally:
            watch.kill()
            watch.communicate()
        world.coach.do('logout', '--discard')
        assert world.coach.run('status').code == SIGN_IN


def test_busy_store():
    """A store that another program holds is not called damaged"""
    with World() as world:
        holder = sqlite3.connect(world.coach.store_path(), isolation_level=None)
        holder.execute('BEGIN IMMEDIATE')
        refused(world.coach, PARTIAL, '', 'create', 'TrainingPlan', 'name=Late', 'date=2026-03-02',
                'athleteId=' + world.ben)
        holder.execute('ROLLBACK')
        holder.close()
        world.coach.do('create', 'TrainingPlan', 'name=Late', 'date=2026-03-02', 'athleteId=' + world.ben)


def test_damaged_store():
    """A damaged store is exit 6 and says which file"""
    with World() as world:
        world.coach.do('doctor')
        path = world.coach.store_path()
        with open(path, 'r+b') as file:
            file.write(b'This is not a database, whatever its name says.' * 40)
        for arguments in (['doctor'], ['status'], ['list', 'Exercise'], ['sync']):
            refused(world.coach, DAMAGED, path, *arguments)


def test_other_peoples_rows_stay_theirs():
    """An athlete sees neither drafts nor the coach's notes nor other athletes"""
    with World() as world:
        world.server.add_user('eve', 'athlete', 'anna')
        draft, plan = world.plan(status='draft'), world.plan()
        world.coach.do('sync')
        world.coach.do('update', 'Athlete', world.ben, 'coachNote=tears easily')
        world.coach.do('sync')
        world.athlete.do('sync')
        eve = world.computer('eve')
        assert [row['id'] for row in world.athlete.do('list', 'TrainingPlan', '--json').json] == [plan]
        assert world.athlete.run('get', 'TrainingPlan', draft).code == INVALID
        assert world.athlete.get('Athlete', world.ben)['coachNote'] is None
        assert eve.do('list', 'TrainingPlan', '--json').json == []
        assert all(row['id'] != world.ben for row in eve.do('list', 'Athlete', '--json').json)


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    assert DONE == 0
    sys.exit(lift_tap.run(TESTS))
