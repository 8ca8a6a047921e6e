#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the real server against the rules of the sync API: what clients that are not ours get."""
import hashlib
import http.client
import json
import os
import sys
import threading
import time

import lift_tap
from base_client import (EPOCH, PASSWORD, BaseClient, Client, FullClient, Server, new_id, plan,
                         refused, session, weight)
from protocol_world import again, live, world


def base_pages_by_time():
    """A base client pages each type by time and gets all that a cursor gives"""
    w = world()
    w.tree(sets=120)
    for who in (w.anna, w.carl):
        full = again(who)
        full.pull(limit=500)
        for limit in (7, 100):
            rows, _ = again(who, BaseClient).pull(limit=limit)
            assert rows == full.rows, (len(rows), len(full.rows))


def since_skips_nothing():
    """syncTimestamp is a since that skips nothing, asked again and again"""
    w = world()
    full, base, rows, since = again(w.carl), again(w.carl, BaseClient), {}, EPOCH
    for _ in range(100):
        page = base.pull_page(since=since, limit=50)
        rows.update({(name, row['id']): row
                     for name, some in page['changesByType'].items() for row in some})
        since = page['syncTimestamp']
        if not any(stats['hasMore'] for stats in page['stats'].values()):
            break
    full.pull(limit=500)
    assert rows == full.rows


def limits_give_the_same():
    """Pages of any size give the same rows, and the digest of them"""
    w = world()
    w.tree()
    clients = [again(w.anna) for _ in range(3)]
    for client, limit in zip(clients, (3, 60, 500)):
        client.pull(limit=limit)
    assert clients[0].rows == clients[1].rows == clients[2].rows
    for client in (*clients, again(w.carl)):
        client.pull()
        parts = [f'{key[1]}:{row["version"]}:{int(row["deletedAt"] is not None)}'
                 for key, row in client.rows.items()]
        total = sum(int.from_bytes(hashlib.sha256(part.encode()).digest()[:8], 'big')
                    for part in parts) % 2 ** 64
        assert sum(d['rows'] for d in client.digest.values()) == len(parts)
        assert sum(int(d['hash'], 16) for d in client.digest.values()) % 2 ** 64 == total


def parents_come_first():
    """The first pull brings parents before children"""
    w = world()
    w.tree()
    seen, client, more = set(), again(w.anna), True
    while more:
        page = client.pull_page(limit=20, **({'cursor': client.cursor} if client.cursor else {}))
        for rows in page['changesByType'].values():
            for row in rows:
                for key in ('athleteId', 'trainingPlanId', 'exercisePlanId', 'exerciseId'):
                    assert row.get(key) is None or row[key] in seen, (key, row)
                seen.add(row['id'])
        client.cursor, more = page['cursor'], page['hasMore']


def narrowing_skips_nothing():
    """A pull narrowed to one athlete or type in its middle passes nothing by"""
    w = world()
    w.tree(sets=70)
    carl, cora = {'athleteId': w.carl.athlete_id}, {'athleteId': w.cora.athlete_id}
    sets, plans = {'entityTypes': 'SetPlan'}, {'entityTypes': 'TrainingPlan,SetPlan'}
    full = again(w.anna)
    full.pull(limit=500)
    for queries in ([{}, carl, {}], [{}, carl, carl, cora, {}], [carl, {}, cora], [{}, sets],
                    [plans, sets, {}], [{}, {**carl, **sets}, carl]):
        client = again(w.anna)
        for query in queries:
            given = {**query, **({'cursor': client.cursor} if client.cursor else {})}
            page = client.pull_page(limit=30, **given)
            client.cursor = page['cursor']
            client.rows.update({(name, row['id']): row
                                for name, rows in page['changesByType'].items() for row in rows})
        client.pull(limit=30)
        assert client.rows == full.rows, (queries, len(client.rows), len(full.rows))


def writers_and_readers():
    """Eight threads write and follow cursors: nothing is missed or refused"""
    w = world()
    _, _, sets = w.tree(sets=20)
    errors, readers, written = [], [], threading.Event()

    def write(who, first):
        client = again(who)
        for i in range(12):
            rows = [('SetPlan', {**row, 'targetReps': first + i}, ['targetReps'])
                    for row in sets[i % 4::4]]
            client.push(*rows, ('BodyWeightEntry', weight(w.carl.athlete_id))).all_good()

    def read(who, limit):
        client = again(who)
        while not written.is_set():
            client.pull(limit=limit)
        client.pull(limit=limit)
        readers.append(client)

    def guard(work, *args):
        try:
            work(*args)
        except Exception as error:
            errors.append(repr(error))

    threads = [threading.Thread(target=guard, args=args) for args in (
        (write, w.anna, 100), (write, w.anna, 200), (write, w.carl, 300), (write, w.carl, 400),
        (read, w.anna, 7), (read, w.carl, 50), (read, w.anna, 500), (read, w.carl, 500))]
    for thread in threads:
        thread.start()
    for thread in threads[:4]:
        thread.join()
    written.set()
    for thread in threads[4:]:
        thread.join()
    assert not errors, errors[:3]
    for reader in readers:
        fresh = again(reader)
        fresh.pull(limit=500)
        assert {k: r['version'] for k, r in reader.rows.items()} == \
            {k: r['version'] for k, r in fresh.rows.items()}


def bad_pull_parameters():
    """Bad parameters of a pull are refused with their code"""
    carl = world().carl
    for query in ({'limit': 0}, {'limit': 'x'}, {'since': 'yesterday'}, {'athleteId': 'x'}):
        with refused(400, 'INVALID'):
            carl.pull_page(**query)
    with refused(413, 'TOO_LARGE'):
        carl.pull_page(limit=501)
    for cursor in ('x', 'AAAA', carl.pull_page(limit=500)['cursor'][:-4] + 'AAAA'):
        with refused(400, 'BAD_CURSOR'):
            carl.pull_page(cursor=cursor)
    carl.pull_page(since='2026-02-09T10:00:00+02:00', limit=1)


def drafts_are_hidden():
    """An athlete sees plans while they are published, and learns nothing of drafts"""
    w = world()
    top, middle, leaves = w.tree(status='draft')
    ids = {top['id'], middle['id'], *(leaf['id'] for leaf in leaves)}
    carl = again(w.carl)
    carl.pull(limit=500)
    assert not ids & {key[1] for key in carl.rows}
    assert not ids & {key[1] for key in again(w.carl, BaseClient).pull()[0]}
    assert carl.push(('TrainingPlan', {**top, 'name': 'X'}, ['name'])).code(
        'TrainingPlan', top) == 'FORBIDDEN'
    repeated = carl.push_numbered({'TrainingPlan': [{**top, 'mutation': 1}]}, 1)
    assert repeated.code('TrainingPlan', top) == 'FORBIDDEN'
    used = session(w.carl.athlete_id, trainingPlanId=top['id'])
    assert carl.push(('TrainingSession', used)).code('TrainingSession', used) == 'BAD_REFERENCE'
    w.anna.push(('TrainingPlan', {**top, 'status': 'published'}, ['status'])).all_good()
    assert ids <= {key[1] for key in carl.pull()}
    w.anna.push(('TrainingPlan', {**top, 'status': 'cancelled', 'name': 'Secret'},
                 ['status', 'name'])).all_good()
    came = {key[1]: row for key, row in carl.pull().items()}
    assert ids <= set(came) and all(came[i]['deletedAt'] is not None for i in ids)
    assert 'Secret' not in json.dumps(came)
    assert carl.push(('SetPlan', {**leaves[0], 'targetReps': 9}, ['targetReps'])).code(
        'SetPlan', leaves[0]) == 'FORBIDDEN'
    w.anna.push(('TrainingPlan', {**top, 'status': 'published'}, ['status'])).all_good()
    assert all(row['deletedAt'] is None for row in carl.pull().values())


def coach_note_is_secret():
    """The coach's note never reaches the athlete, who cannot write it either"""
    w = world()
    profile = {'id': w.carl.athlete_id, 'displayName': 'Carl', 'coachNote': 'lazy'}
    answer = w.anna.push(('Athlete', profile, ['coachNote'])).all_good()
    assert answer.entity('Athlete', profile)['coachNote'] == 'lazy'
    fresh = again(w.carl)
    fresh.pull(limit=500)
    assert 'lazy' not in json.dumps(list(fresh.rows.values()))
    assert 'lazy' not in json.dumps(w.carl.call('GET', '/api/v1/account/export'))
    answer = w.carl.push(('Athlete', {**profile, 'coachNote': 'keen', 'sex': 'male'}))
    assert 'coachNote' not in answer.all_good().entity('Athlete', profile)
    for note in ('keen', 'lazy'):
        row = {**profile, 'coachNote': note}
        assert w.carl.push(('Athlete', row, ['coachNote'])).code('Athlete', row) == 'FORBIDDEN'
    back = w.anna.push(('Athlete', {**profile, 'sex': 'female'}, ['sex'])).all_good()
    assert back.entity('Athlete', profile)['coachNote'] == 'lazy'


def errors_are_documents():
    """Every error is a document with a code, on every path"""
    w = world()
    nobody = Client(w.server)
    for method, path, status, code in (
            ('GET', '/nowhere', 404, 'NOT_FOUND'),
            ('DELETE', '/api/v1/sync/pull', 405, 'METHOD_NOT_ALLOWED'),
            ('GET', '/api/v1/sync/pull', 401, 'UNAUTHENTICATED'),
            ('POST', '/api/v1/sync/push', 401, 'UNAUTHENTICATED'),
            ('GET', '/api/v1/sync/events', 401, 'UNAUTHENTICATED'),
            ('GET', '/api/v1/account/export', 401, 'UNAUTHENTICATED'),
            ('POST', '/api/v1/auth/login', 400, 'INVALID'),
            ('POST', '/api/v1/auth/refresh', 400, 'INVALID')):
        with refused(status, code):
            nobody.call(method, path, {} if method == 'POST' else None)
    for name in ('carl', 'nobody'):
        with refused(401, 'INVALID_CREDENTIALS'):
            nobody.sign_in(name, 'wrong password')
    with refused(409, 'USERNAME_TAKEN'):
        nobody.call('POST', '/api/v1/auth/register', {
            'username': 'CARL', 'password': PASSWORD, 'name': 'C', 'userType': 'coach'})


def tokens_end():
    """A refresh token works once, its second use ends the sign-in, and so does a logout"""
    w = world()
    one, two = Client(w.server, 'cora'), Client(w.server, 'cora')
    used = {'refreshToken': one.account['refreshToken']}
    fresh = one.call('POST', '/api/v1/auth/refresh', used)
    one.token = fresh['token']
    one.pull_page(limit=1)
    with refused(401, 'SIGN_IN_AGAIN'):
        one.call('POST', '/api/v1/auth/refresh', used)
    with refused(401, 'UNAUTHENTICATED'):
        one.pull_page(limit=1)
    with refused(401, 'SIGN_IN_AGAIN'):
        one.call('POST', '/api/v1/auth/refresh', {'refreshToken': fresh['refreshToken']})
    two.pull_page(limit=1)
    assert two.call('POST', '/api/v1/auth/logout') is None
    with refused(401, 'UNAUTHENTICATED'):
        two.pull_page(limit=1)
    with refused(401, 'SIGN_IN_AGAIN'):
        two.call('POST', '/api/v1/auth/refresh', {'refreshToken': two.account['refreshToken']})


def access_comes_and_goes():
    """An athlete gained later comes whole, one lost is named as revoked"""
    w = world()
    coach = again(w.anna)
    coach.pull(limit=500)
    paper = {'id': new_id(), 'displayName': 'Paper'}
    row = plan(paper['id'])
    w.anna.push(('Athlete', paper), ('TrainingPlan', row)).all_good()
    code = w.anna.call('POST', '/api/v1/invites', {'athleteId': paper['id']})['inviteCode']
    body = {'username': 'pat', 'password': PASSWORD, 'name': 'Pat', 'userType': 'athlete',
            'inviteCode': code}
    pat = again(w.anna)
    pat.account = pat.call('POST', '/api/v1/auth/register', body)
    pat.token = pat.account['token']
    pat.pull(limit=500)
    assert pat.athlete_id == paper['id'] and ('TrainingPlan', row['id']) in pat.rows
    with refused(400, 'INVALID'):
        w.anna.call('POST', '/api/v1/auth/register', {**body, 'username': 'pat2'})
    assert ('TrainingPlan', row['id']) in coach.pull()
    with refused(401, 'INVALID_CREDENTIALS'):
        pat.call('DELETE', '/api/v1/account', {'password': 'wrong password'})
    pat.call('DELETE', '/api/v1/account', {'password': PASSWORD})
    coach.revoked = []
    coach.pull()
    assert coach.revoked == [paper['id']]


def events_tell():
    """The stream of events names the scopes that the user may see, within a second"""
    w = world()
    stream = http.client.HTTPConnection('127.0.0.1', w.server.port, timeout=5)
    stream.request('GET', '/api/v1/sync/events',
                   headers={'Authorization': 'Bearer ' + w.carl.token})
    answer = stream.getresponse()
    assert answer.getheader('Content-Type').startswith('text/event-stream')
    w.dora.push(('BodyWeightEntry', weight(w.dora.athlete_id))).all_good()
    begin = time.monotonic()
    w.anna.push(('BodyWeightEntry', weight(w.carl.athlete_id))).all_good()
    line = b''
    while not line.startswith(b'data:'):
        line = answer.readline()
    assert time.monotonic() - begin < float(os.environ.get('LIFT_TEST_SLOWNESS', 1))
    assert json.loads(line[5:])['scope'] == 'athlete:' + w.carl.athlete_id
    stream.close()


def acknowledged_survives_kill():
    """What was acknowledged is there after kill -9, once, and the file is whole"""
    with Server('--open-registration') as server:
        server.start()
        client = FullClient(server)
        client.account = client.call('POST', '/api/v1/auth/register', {
            'username': 'kim', 'password': PASSWORD, 'name': 'Kim', 'userType': 'athlete'})
        client.token = client.account['token']
        for _ in range(3):
            acknowledged = set()
            timer = threading.Timer(0.25, server.kill)
            timer.start()
            try:
                while True:
                    rows = [weight(client.athlete_id) for _ in range(10)]
                    client.push(*[('BodyWeightEntry', row) for row in rows]).all_good()
                    acknowledged |= {('BodyWeightEntry', row['id']) for row in rows}
            except (OSError, http.client.HTTPException):
                timer.join()
            server.start()
            client.close()
            changes = {'BodyWeightEntry': [{**row, 'mutation': client.last - 9 + i}
                                           for i, row in enumerate(rows)]}
            client.push_numbered(changes, client.last - 9).all_good()
            acknowledged |= {('BodyWeightEntry', row['id']) for row in rows}
            fresh = again(client)
            fresh.pull(limit=500)
            assert acknowledged <= set(fresh.rows)
            assert all(fresh.rows[key]['version'] == 1 for key in acknowledged)
        code, said = server.command('check')
        assert code == 0, said


def restored_server_asks_for_all():
    """After a restore old cursors answer RESYNC; a user who is disabled is out at once"""
    with Server() as server:
        server.add_user('kim', 'athlete')
        server.start()
        kim = FullClient(server, 'kim')
        kim.pull(limit=500)
        assert server.command('backup', server.path('copy.db'))[0] == 0
        row = weight(kim.athlete_id)
        kim.push(('BodyWeightEntry', row)).all_good()
        kim.pull()
        assert server.command('restore', server.path('copy.db'))[0] == 4
        server.stop()
        assert server.command('restore', server.path('copy.db'))[0] == 0
        server.start()
        kim.close()
        with refused(410, 'RESYNC'):
            kim.pull()
        assert live(kim, row) == [False]
        with refused(403, 'REGISTRATION_CLOSED'):
            kim.call('POST', '/api/v1/auth/register', {
                'username': 'lee', 'password': PASSWORD, 'name': 'L', 'userType': 'athlete'})
        assert server.command('user', 'disable', 'kim')[0] == 0
        with refused(401, 'UNAUTHENTICATED'):
            kim.pull_page()
        with refused(401, 'INVALID_CREDENTIALS'):
            kim.sign_in('kim')


TESTS = (
    base_pages_by_time, since_skips_nothing, limits_give_the_same, parents_come_first,
    narrowing_skips_nothing, writers_and_readers, bad_pull_parameters, drafts_are_hidden,
    coach_note_is_secret, errors_are_documents, tokens_end, access_comes_and_goes, events_tell,
    acknowledged_survives_kill, restored_server_asks_for_all,
)

if __name__ == '__main__':
    sys.exit(lift_tap.run(TESTS))
