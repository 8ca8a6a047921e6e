#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that was restored from a backup, or has forgotten what was deleted: what the computers of
its users hold is what is left, and nothing of it is lost, overwritten in silence, or brought back
after it was erased."""
import http.server
import json
import os
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.request

import lift_tap
from cli_world import DONE, OFFLINE, PARTIAL, PASSWORD, SQUAT, Computer, World

DAY = 86400 * 1000 * 1000


class Proxy:
    """Between a computer and the server; what .breaks says of a path is answered 503, and so is what
    .loses says of a path and a body, after the server has taken it."""

    def __init__(self, target):
        self.url = None
        self.breaks = lambda path: False
        self.loses = lambda path, body: False
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def serve(self):
                body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
                status, kind, text = 503, 'application/problem+json', b'{"code":"INTERNAL","retryable":true}'
                if not outer.breaks(self.path):
                    answer = self.ask(body)
                    if not outer.loses(self.path, body):
                        status, kind, text = answer
                self.send_response(status)
                self.send_header('Content-Type', kind or 'text/plain')
                self.send_header('Content-Length', str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def ask(self, body):
                headers = {key: value for key, value in self.headers.items()
                           if key.lower() not in ('host', 'connection', 'accept-encoding')}
                request = urllib.request.Request(target + self.path, data=body or None, headers=headers,
                                                 method=self.command)
                try:
                    answer = urllib.request.urlopen(request, timeout=60)
                except urllib.error.HTTPError as error:
                    answer = error
                with answer:
                    return answer.status, answer.headers.get('Content-Type'), answer.read()

            do_GET = do_POST = serve

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f'http://127.0.0.1:{self.http.server_address[1]}'

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def back_up(world):
    answer = world.server.admin('backup', os.path.join(world.folder, 'backup.db'))
    assert answer.code == DONE, answer


def restore(world, change=None):
    world.server.stop()
    answer = world.server.admin('restore', os.path.join(world.folder, 'backup.db'))
    assert answer.code == DONE, answer
    if change is not None:
        database = sqlite3.connect(os.path.join(world.folder, 'server.db'))
        change(database)
        database.commit()
        database.close()
    world.server.start()


def session(world, computer, name='A', notes='n0'):
    return computer.create('TrainingSession', 'athleteId=' + world.ben, 'sessionDate=2026-11-23', 'name=' + name,
                           'notes=' + notes)


def weigh(world, computer, count=3):
    return [computer.create('BodyWeightEntry', 'athleteId=' + world.ben, f'measurementDate=2026-03-0{i + 1}',
                            'weight=80', 'notes=private') for i in range(count)]


def quiet(computer):
    status = computer.status()
    assert (status['pending'], status['needsAttention']) == (0, 0), status


def look(computer, row):
    values = computer.get('TrainingSession', row)
    return values['name'], values['notes']


def conflicts(computer):
    return {entry['field']: entry for entry in computer.do('conflicts', '--json').json}


def test_what_was_confirmed_comes_back():
    """An edit, a new row and a delete that the copy does not know are on the server again"""
    with World() as world:
        phone, other = world.athlete, world.computer('ben', 'second')
        edited, deleted = session(world, phone), session(world, phone, name='to go')
        phone.do('sync')
        back_up(world)
        phone.do('update', 'TrainingSession', edited, 'name=B')
        phone.do('delete', 'TrainingSession', deleted)
        added = session(world, phone, name='C')
        phone.do('sync')
        restore(world)
        phone.do('sync')
        other.do('sync')
        assert look(other, edited) == ('B', 'n0') and look(other, added) == ('C', 'n0')
        assert {row['id'] for row in other.do('list', 'TrainingSession', '--json').json} == {edited, added}
        assert conflicts(phone) == {} and conflicts(other) == {}
        quiet(phone)


def test_two_who_know_different_things():
    """Where another device wrote the row after the restore, what was confirmed before is in the journal"""
    with World() as world:
        phone, other = world.athlete, world.computer('ben', 'second')
        row = session(world, phone)
        phone.do('sync')
        other.do('sync')
        back_up(world)
        phone.do('update', 'TrainingSession', row, 'name=B')
        phone.do('sync')
        restore(world)
        other.do('update', 'TrainingSession', row, 'notes=y1')
        other.do('sync')
        phone.do('sync')
        assert look(phone, row) == ('A', 'y1')
        entry = conflicts(phone)['name']
        assert (entry['mine'], entry['theirs']) == ('A', 'B'), entry
        phone.do('conflicts', 'restore', str(entry['number']))
        phone.do('sync')
        other.do('sync')
        assert look(phone, row) == look(other, row) == ('B', 'y1')
        quiet(phone)


def test_push_before_pull():
    """Nothing is pushed into a history that was not pulled: the answer would hide what was confirmed"""
    with World() as world:
        proxy = Proxy(world.server.url)
        phone = Computer(os.path.join(world.folder, 'phone'), proxy)
        phone.sign_in('ben')
        row = session(world, phone)
        phone.do('sync')
        back_up(world)
        phone.do('update', 'TrainingSession', row, 'name=B')
        phone.do('sync')
        restore(world)
        phone.do('update', 'TrainingSession', row, 'notes=n1')
        proxy.breaks = lambda path: '/sync/pull' in path
        assert phone.run('sync').code == OFFLINE
        assert look(phone, row) == ('B', 'n1')
        proxy.breaks = lambda path: False
        phone.do('sync')
        proxy.close()
        world.coach.do('sync')
        assert look(phone, row) == look(world.coach, row) == ('B', 'n1')
        assert conflicts(phone) == {}


def test_the_last_copy():
    """A workout that only another computer still holds is brought back by that one"""
    with World() as world:
        back_up(world)
        row = session(world, world.athlete, name='NEW')
        world.athlete.do('sync')
        world.coach.do('sync')
        restore(world)
        world.coach.do('sync')
        fresh = world.computer('ben', 'new phone')
        fresh.do('sync')
        assert look(fresh, row) == ('NEW', 'n0')
        quiet(world.coach)


def test_erased_stays_erased():
    """An account that was erased after the restore is not brought back by a computer that has the rows"""
    with World() as world:
        weigh(world, world.athlete)
        world.athlete.do('sync')
        world.coach.do('sync')
        back_up(world)
        world.coach.create('Exercise', 'name=Coach lift')
        weigh(world, world.athlete, 1)
        world.athlete.do('sync')
        world.coach.do('sync')
        restore(world)
        headers = {'Content-Type': 'application/json'}

        def ask(method, path, body):
            request = urllib.request.Request(world.server.url + path, data=json.dumps(body).encode(),
                                             headers=headers, method=method)
            with urllib.request.urlopen(request) as answer:
                return answer.read()

        token = json.loads(ask('POST', '/api/v1/auth/login', {'username': 'ben', 'password': PASSWORD}))['token']
        headers['Authorization'] = 'Bearer ' + token
        ask('DELETE', '/api/v1/account', {'password': PASSWORD})
        world.coach.do('sync')
        assert world.coach.do('list', 'BodyWeightEntry', '--json').json == []
        world.coach.do('sync')
        world.server.stop()
        database = sqlite3.connect(os.path.join(world.folder, 'server.db'))
        for table in ('body_weight_entry', 'athlete'):
            assert database.execute(f'SELECT count(*) FROM {table}').fetchone() == (0,), table
        database.close()
        world.server.start()
        quiet(world.coach)


def test_lost_access():
    """Whose athlete went to another coach after the restore keeps nothing to read, and has nothing refused"""
    with World() as world:
        world.server.add_user('lee', 'coach')
        weigh(world, world.athlete)
        world.athlete.do('sync')
        world.coach.do('sync')
        back_up(world)
        world.plan(name='later')
        world.coach.do('sync')

        def move(database):
            lee = database.execute('SELECT c.id FROM coach c JOIN user u ON u.id = c.user_id WHERE u.name = ?',
                                   ('Lee',)).fetchone()[0]
            database.execute('UPDATE athlete SET coach_id = ? WHERE id = ?', (lee, world.ben))
            database.execute('UPDATE user SET coach_id = ? WHERE id = ?', (lee, world.ben))

        restore(world, move)
        world.coach.do('sync')
        world.coach.do('sync')
        quiet(world.coach)
        for kind in ('BodyWeightEntry', 'TrainingPlan', 'Athlete'):
            assert world.coach.do('list', kind, '--json').json == [], kind


def test_what_is_the_coachs():
    """Rows of the coach that the copy does not know stay readable for the athlete, and are not pushed by them"""
    with World() as world:
        world.athlete.do('sync')
        back_up(world)
        exercise = world.coach.create('Exercise', 'name=Coach lift')
        world.coach.do('sync')
        world.athlete.do('sync')
        restore(world)
        for _ in range(2):
            world.athlete.do('sync')
            quiet(world.athlete)
            assert world.athlete.get('Exercise', exercise)['name'] == 'Coach lift'
        world.coach.do('sync')
        world.athlete.do('sync')
        assert world.athlete.get('Exercise', exercise)['version'] == 1
        quiet(world.athlete)
        quiet(world.coach)


def test_what_names_the_coachs():
    """A workout that names a forgotten exercise of the coach is given back as soon as the coach has done so"""
    with World() as world:
        phone = world.athlete
        phone.do('sync')
        back_up(world)
        exercise = world.coach.create('Exercise', 'name=Coach lift')
        world.coach.do('sync')
        phone.do('sync')
        whole = session(world, phone)
        part = phone.create('ExerciseSession', 'athleteId=' + world.ben, 'trainingSessionId=' + whole,
                            'exerciseId=' + exercise, 'orderIndex=1')
        done = phone.create('SetSession', 'athleteId=' + world.ben, 'exerciseSessionId=' + part, 'setNumber=1',
                            'actualReps=5')
        phone.do('sync')
        restore(world)
        assert phone.run('sync').code == PARTIAL
        status = phone.status()
        assert (status['pending'], status['needsAttention']) == (2, 1), status
        world.coach.do('sync')
        phone.do('sync')
        quiet(phone)
        fresh = world.computer('ben', 'new phone')
        assert fresh.get('ExerciseSession', part)['exerciseId'] == exercise
        assert fresh.get('SetSession', done)['actualReps'] == 5
        assert conflicts(phone) == {}


def age(world, days):
    """So much time passes on the server, and it forgets what was deleted long ago"""
    world.server.stop()
    database = sqlite3.connect(os.path.join(world.folder, 'server.db'))
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        for column in ('updated_at', 'deleted_at', 'created_at', 'delete_group', 'stamp', 'purged_stamp', 'said'):
            if column in columns and table != 'server':
                database.execute(f'UPDATE "{table}" SET {column} = {column} - ? WHERE {column} > 0', (days * DAY,))
    database.commit()
    database.close()
    world.server.start()
    deadline = time.monotonic() + 60
    while not is_purged(world):
        assert time.monotonic() < deadline, 'nothing was purged'
        time.sleep(0.05)


def is_purged(world):
    database = sqlite3.connect(os.path.join(world.folder, 'server.db'))
    try:
        return database.execute('SELECT count(*) FROM training_session').fetchone() == (0,)
    finally:
        database.close()


def test_away_longer_than_the_purge():
    """What was typed offline comes with what it is a part of; what was not edited overwrites nothing"""
    with World() as world:
        here, away, idle = world.athlete, world.computer('ben', 'second'), world.computer('ben', 'third')
        whole, row = session(world, here), session(world, here)
        part = here.create('ExerciseSession', 'athleteId=' + world.ben, 'trainingSessionId=' + whole,
                           'exerciseId=' + SQUAT, 'orderIndex=1')
        done = here.create('SetSession', 'athleteId=' + world.ben, 'exerciseSessionId=' + part, 'setNumber=1',
                           'actualReps=5')
        here.do('sync')
        here.do('update', 'TrainingSession', row, 'notes=n1')
        here.do('sync')
        away.do('sync')
        idle.do('sync')
        away.do('update', 'SetSession', done, 'actualReps=8')
        away.do('update', 'TrainingSession', row, 'notes=typed')
        here.do('delete', 'TrainingSession', whole)
        here.do('delete', 'TrainingSession', row)
        here.do('sync')
        age(world, 500)
        away.do('sync')
        quiet(away)
        here.do('sync')
        assert here.get('SetSession', done)['actualReps'] == 8
        assert here.get('TrainingSession', whole)['name'] == 'A'
        here.do('update', 'TrainingSession', row, 'name=newer')
        here.do('sync')
        idle.do('sync')
        here.do('sync')
        assert look(idle, row) == look(here, row) == ('newer', 'typed')
        assert conflicts(idle) == {} and conflicts(here) == {}


def test_deleted_while_another_wrote():
    """Whoever deletes what another was writing in is told, and can have it back with what was written"""
    with World() as world:
        row = session(world, world.athlete)
        world.athlete.do('sync')
        world.coach.do('sync')
        world.athlete.do('delete', 'TrainingSession', row)
        world.coach.do('update', 'TrainingSession', row, 'notes=mind the knee')
        world.coach.do('sync')
        world.athlete.do('sync')
        entry = conflicts(world.athlete)['deletedAt']
        assert entry['theirs'] is None and entry['byName'] == 'Anna', entry
        world.athlete.do('conflicts', 'restore', str(entry['number']))
        world.athlete.do('sync')
        world.coach.do('sync')
        assert look(world.athlete, row) == look(world.coach, row) == ('A', 'mind the knee')


def test_deleted_while_another_wrote_and_the_answer_lost():
    """Whoever is answered only the second time is told all the same"""
    with World() as world:
        proxy = Proxy(world.server.url)
        phone = Computer(os.path.join(world.folder, 'phone'), proxy)
        phone.sign_in('ben')
        row = session(world, phone)
        phone.do('sync')
        world.coach.do('sync')
        phone.do('delete', 'TrainingSession', row)
        lost = []

        def write_before_the_push(path):
            if '/sync/push' in path and not lost:
                world.coach.do('update', 'TrainingSession', row, 'notes=mind the knee')
                world.coach.do('sync')
            return False

        def lose_the_first(path, body):
            if '/sync/push' not in path or b'TrainingSession' not in body or lost:
                return False
            lost.append(body)
            return True

        proxy.breaks, proxy.loses = write_before_the_push, lose_the_first
        assert phone.run('sync').code == OFFLINE and lost
        phone.do('sync')
        entry = conflicts(phone)['deletedAt']
        assert entry['theirs'] is None and entry['byName'] == 'Anna', entry
        phone.do('conflicts', 'restore', str(entry['number']))
        phone.do('sync')
        proxy.close()
        world.coach.do('sync')
        assert look(phone, row) == look(world.coach, row) == ('A', 'mind the knee')


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    sys.exit(lift_tap.run(TESTS))
