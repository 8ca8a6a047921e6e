# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of the sync API that share no code with the program: one that knows only what every
LiftLogger server knows ([base]), and one that follows cursors and numbers its mutations."""
import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.parse
import uuid

PASSWORD = 'correct horse battery'
EPOCH = '1970-01-01T00:00:00Z'


def new_id():
    return str(uuid.uuid4())


class Problem(Exception):
    """An answer other than 2xx."""

    def __init__(self, status, kind, body, headers):
        super().__init__(f'{status} {body[:300]!r}')
        self.status, self.kind, self.headers = status, kind, headers
        try:
            self.document = json.loads(body)
        except ValueError:
            self.document = {}
        self.code = self.document.get('code')


class Server:
    """The real program on a database of its own, on a free port of loopback."""

    def __init__(self, *options):
        self.program = os.environ['LIFT_SERVER_PROGRAM']
        self.folder = tempfile.mkdtemp(prefix='lift-protocol-')
        self.database = 'sqlite:' + self.path('server.db')
        self.options = options
        self.process = None
        self.port = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def command(self, *words, password=PASSWORD):
        """Runs a command of the program; returns its exit code and what it wrote."""
        run = subprocess.run([self.program, '--database', self.database, *words],
                             input=password + '\n', capture_output=True, text=True, timeout=30)
        return run.returncode, run.stdout + run.stderr

    def add_user(self, name, role, coach=None):
        words = ['user', 'add', name, '--role', role, '--name', name.title()]
        code, said = self.command(*words, *(['--coach', coach] if coach else []))
        assert code == 0, said

    def start(self):
        with open(self.path('log'), 'ab') as log:
            self.process = subprocess.Popen(
                [self.program, '--database', self.database, '--listen', '127.0.0.1:0',
                 *self.options],
                stdout=subprocess.PIPE, stderr=log, text=True)
        self.port = int(self.process.stdout.readline().rsplit(':', 1)[1].strip().rstrip('/'))
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return 0
        process, self.process = self.process, None
        process.send_signal(how)
        status = process.wait(20)
        process.stdout.close()
        return status

    def kill(self):
        self.stop(signal.SIGKILL)


class Client:
    """Talks HTTP; a sign-in and its token."""

    def __init__(self, server, username=None, password=PASSWORD):
        self.server = server
        self.token = self.connection = None
        self.account = {}
        if username is not None:
            self.sign_in(username, password)

    def sign_in(self, username, password=PASSWORD):
        self.account = self.call('POST', '/api/v1/auth/login',
                                 {'username': username, 'password': password})
        self.token = self.account['token']
        return self.account

    @property
    def user_id(self):
        return self.account['userId']

    @property
    def athlete_id(self):
        return self.account.get('athleteId', self.account['userId'])

    @property
    def coach_id(self):
        return self.account.get('coachId', self.account['userId'])

    def send(self, method, path, body=None, headers=None):
        """Returns status, headers and body of the answer, whatever it is."""
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        sent = {'Content-Type': 'application/json'} if data is not None else {}
        if self.token is not None:
            sent['Authorization'] = 'Bearer ' + self.token
        sent.update(headers or {})
        if self.connection is None:
            self.connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
        try:
            self.connection.request(method, path, data, sent)
            answer = self.connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except Exception:
            self.close()
            raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def call(self, method, path, body=None, query=None):
        if query:
            path += '?' + urllib.parse.urlencode(query)
        status, headers, data = self.send(method, path, body)
        if not 200 <= status < 300:
            raise Problem(status, headers.get('Content-Type', ''), data, headers)
        return json.loads(data) if data else None

    def pull_page(self, **query):
        return self.call('GET', '/api/v1/sync/pull', query=query)

    def push_body(self, body):
        return self.call('POST', '/api/v1/sync/push', body)


class BaseClient(Client):
    """Knows only what is marked [base]: pages each type by time and pushes whole rows."""

    def pull(self, since=EPOCH, **query):
        """Returns all rows as {(type, id): row} and the time to go on from."""
        first = self.pull_page(since=since, **query)
        rows = {}
        for name in set(first['changesByType']) | set(first['stats']):
            self.follow(name, first, rows, since, query)
        return rows, first['syncTimestamp']

    def follow(self, name, page, rows, since, query):
        newest = since
        while True:
            for row in page['changesByType'].get(name, []):
                assert row['updatedAt'] > newest, f'{name} {row["id"]} comes out of order'
                newest = row['updatedAt']
                rows[name, row['id']] = row
            if not page['stats'].get(name, {}).get('hasMore'):
                return
            page = self.pull_page(**{**query, 'since': newest, 'entityTypes': name})

    def push(self, *rows):
        """Pushes (type, row) pairs."""
        changes = {}
        for name, row in rows:
            changes.setdefault(name, []).append(row)
        return Answer(self.push_body({'changes': changes}))


class FullClient(Client):
    """Follows cursors, names changed fields and numbers what it pushes."""

    def __init__(self, server, username=None, password=PASSWORD):
        self.device, self.last = new_id(), 0
        self.cursor, self.rows, self.revoked, self.digest = None, {}, [], {}
        super().__init__(server, username, password)

    def pull(self, **query):
        """Follows the cursor to its end; returns what came."""
        came = {}
        more = True
        while more:
            given = {**query, **({'cursor': self.cursor} if self.cursor else {})}
            page = self.pull_page(**given)
            for name, rows in page['changesByType'].items():
                came.update({(name, row['id']): row for row in rows})
            self.revoked += page['revoked']
            self.digest.update(page.get('digest', {}))
            self.cursor, more = page['cursor'], page['hasMore']
        self.rows.update(came)
        return came

    def push(self, *rows):
        """Pushes (type, row) or (type, row, changed fields), numbered in this order."""
        changes = {}
        for name, row, *changed in rows:
            self.last += 1
            sent = {**row, 'mutation': self.last}
            if changed:
                sent['changedFields'] = changed[0]
            changes.setdefault(name, []).append(sent)
        return self.push_numbered(changes, self.last - len(rows) + 1)

    def push_numbered(self, changes, first):
        return Answer(self.push_body({'deviceId': self.device, 'firstMutation': first,
                                      'changes': changes}))


class Answer:
    """The answer to a push, by row."""

    def __init__(self, document):
        self.document = document
        self.succeeded = {(s['entityType'], s['entityId']): s for s in document['succeeded']}
        self.failed = {(f['entityType'], f['entityId']): f for f in document['failed']}
        summary = document['summary']
        assert summary['succeeded'] == len(document['succeeded'])
        assert summary['failed'] == len(document['failed'])
        assert summary['totalReceived'] == summary['succeeded'] + summary['failed']

    def entity(self, name, row):
        return self.succeeded[name, row['id']]['entity']

    def conflicts(self, name, row):
        return self.succeeded[name, row['id']].get('conflicts', [])

    def codes(self, name, row):
        """Returns the codes of a failed row, with the fields that they name."""
        return {(e['code'], e['field']) for e in self.failed[name, row['id']]['errors']}

    def code(self, name, row):
        codes = {code for code, _ in self.codes(name, row)}
        assert len(codes) == 1, codes
        return codes.pop()

    def all_good(self):
        assert not self.failed, self.document['failed']
        return self


@contextlib.contextmanager
def refused(status, code):
    """Expects the call within to be refused, with an error document."""
    try:
        yield
    except Problem as problem:
        assert problem.status == status, (problem.status, problem.document)
        check_problem(problem)
        assert problem.code == code, problem.document
    else:
        raise AssertionError(f'expected {status} {code}, but it went through')


def check_problem(problem):
    """An error document has all its members (RFC 9457), and no text of the database."""
    document = problem.document
    assert problem.kind.startswith('application/problem+json'), problem.kind
    for key, kind in (('type', str), ('title', str), ('status', int), ('detail', str),
                      ('code', str), ('retryable', bool)):
        assert isinstance(document.get(key), kind), (key, document)
    assert document['status'] == problem.status
    assert 'SELECT' not in document['detail'] and 'sqlite' not in document['detail'].lower()


def plan(athlete_id, **fields):
    return {'id': new_id(), 'athleteId': athlete_id, 'name': 'Day 1', 'date': '2026-02-09',
            **fields}


def exercise_plan(parent, exercise_id, **fields):
    return {'id': new_id(), 'athleteId': parent['athleteId'], 'trainingPlanId': parent['id'],
            'exerciseId': exercise_id, 'orderIndex': 0, **fields}


def set_plan(parent, **fields):
    return {'id': new_id(), 'athleteId': parent['athleteId'], 'exercisePlanId': parent['id'],
            'setNumber': 1, 'targetReps': 5, **fields}


def session(athlete_id, **fields):
    return {'id': new_id(), 'athleteId': athlete_id, 'sessionDate': '2026-02-09', **fields}


def weight(athlete_id, **fields):
    return {'id': new_id(), 'athleteId': athlete_id, 'weight': 80.5,
            'measurementDate': '2026-02-09', **fields}
