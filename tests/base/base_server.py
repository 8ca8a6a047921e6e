# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LiftLogger server that knows only the parts marked [base], after PROTOCOL.md and DATA_MODEL.md.

It has sign-in, pull by `since`, and push of whole rows. It knows no cursor, mutation, changedFields,
digest, conflict, refresh or event stream, and keeps only the [base] fields of a row. Its clock stands
still unless a row is written, and can be moved. Switches make it as sloppy as such a server may be.
"""
import datetime
import http.server
import json
import random
import socket
import threading
import urllib.parse
import uuid

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
START = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)
COMMON = ('id', 'createdAt', 'updatedAt', 'version', 'deletedAt')
FIELDS = {
    'User': 'email name role coachId',
    'Exercise': 'coachId name description category',
    'Variant': 'coachId name description',
    'TrainingPlan': 'athleteId name date isLocked',
    'ExercisePlan': 'athleteId trainingPlanId exerciseId orderIndex notes',
    'SetPlan': 'athleteId exercisePlanId setNumber targetReps targetWeight targetRpe notes',
    'ExercisePlanVariant': 'athleteId exercisePlanId variantId',
    'TrainingSession': 'athleteId trainingPlanId sessionDate notes',
    'ExerciseSession': 'athleteId trainingSessionId exercisePlanId exerciseId orderIndex notes',
    'SetSession': 'athleteId exerciseSessionId setPlanId setNumber actualReps actualWeight actualRpe notes',
    'ExerciseSessionVariant': 'athleteId exerciseSessionId variantId',
    'BodyWeightEntry': 'athleteId weight measurementDate notes',
}
FIELDS = {name: COMMON + tuple(fields.split()) for name, fields in FIELDS.items()}


class Switches:
    """What the server does besides what it should; all off at first."""

    def __init__(self):
        self.partial_entity = False     # answers to a push hold id, updatedAt and version alone
        self.shuffled = False           # succeeded and failed in any order
        self.unknown_things = False     # types and keys of a later version, everywhere
        self.one_instant = False        # all rows of a push share updatedAt
        self.reshuffled_ties = False    # and come in another order with each page
        self.stale_timestamp = 0        # seconds that syncTimestamp lies behind
        self.upper_ids = False          # ids in upper case, also those of other rows
        self.instants = 'micro'         # or 'second', 'milli', 'offset'
        self.max_limit = 500            # of a page, whatever was asked for
        self.odd_stats = False          # stats of types of which nothing came
        self.needs_rows = False         # fails at a push of nothing
        self.cursors = False            # gives cursors and reads changedFields, as ours does


class BaseServer:
    """Runs in a thread, on a free port of loopback."""

    def __init__(self):
        self.switches = Switches()
        self.clock = START
        self.fields = dict(FIELDS)
        self.rows = {name: {} for name in FIELDS}
        self.hidden = {}
        self.users, self.tokens = {}, {}
        self.lock = threading.RLock()
        self.random = random.Random(1)
        self.forget_traffic()
        self.failures, self.cut_pushes, self.expire_after = [], 0, None
        self.refusals = 0               # of rows that might go later
        self.on_push = None
        self.on_request = None          # 'pull' or 'push', at which of them, what is done behind it
        self.http = http.server.ThreadingHTTPServer(('127.0.0.1', 0), make_handler(self))
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        self.url = f'http://127.0.0.1:{self.port}'
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def forget_traffic(self):
        """Begins to count anew what goes over the wire."""
        self.requests, self.sent, self.received = [], 0, 0

    def add_user(self, username, password, kind='athlete'):
        user = {'id': str(uuid.uuid4()), 'password': password, 'kind': kind, 'name': username}
        self.users[username] = user
        return user['id']

    def now(self):
        self.clock += datetime.timedelta(microseconds=1000)
        return self.clock

    def advance(self, **span):
        self.clock += datetime.timedelta(**span)

    # Rows as they are kept: lower-case id, instants as datetimes.

    def learn(self, name, *fields):
        """Is updated in place to a version that knows more fields: columns without values."""
        with self.lock:
            self.fields[name] += fields
            for row in self.rows[name].values():
                row.update(dict.fromkeys(fields))

    def put(self, name, row, at=None):
        """Writes a whole row, as another client would have it written."""
        with self.lock:
            key = row['id'].lower()
            old = self.rows[name].get(key)
            at = at or self.now()
            kept = {field: row.get(field) for field in self.fields[name]}
            if self.switches.cursors and old and 'changedFields' in row:
                kept = {**old, **{field: kept[field] for field in row['changedFields'] if field in kept}}
            kept.update(id=key, updatedAt=at, version=old['version'] + 1 if old else 1)
            kept['createdAt'] = old['createdAt'] if old else at
            self.rows[name][key] = kept
            return kept

    def hide(self, name, key):
        """The row's transaction has not committed yet: nobody sees it."""
        self.hidden[key] = self.rows[name].pop(key)

    def show(self, name, key):
        self.rows[name][key] = self.hidden.pop(key)

    def live(self, name):
        return {key: row for key, row in self.rows[name].items() if row['deletedAt'] is None}

    # The wire.

    def instant(self, value):
        if not isinstance(value, datetime.datetime):
            return value
        style = self.switches.instants
        if style == 'second':
            return value.strftime('%Y-%m-%dT%H:%M:%SZ')
        if style == 'milli':
            return value.strftime('%Y-%m-%dT%H:%M:%S.') + f'{value.microsecond // 1000:03}Z'
        if style == 'offset':
            there = value.astimezone(datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
            return there.isoformat(timespec='microseconds')
        return value.strftime('%Y-%m-%dT%H:%M:%S.%fZ')

    def print_row(self, row):
        printed = {key: self.instant(value) for key, value in row.items()}
        if self.switches.upper_ids:
            for key in printed:
                if key.lower().endswith('id') and printed[key] is not None:
                    printed[key] = printed[key].upper()
        if self.switches.unknown_things:
            printed.update(moonPhase='waxing', isDirty=True, nested={'deep': [1, {'x': None}]})
        return printed

    def stamp(self, row):
        """When a row changed, as far as this server keeps it."""
        at = row['updatedAt']
        if self.switches.instants == 'second':
            return at.replace(microsecond=0)
        if self.switches.instants == 'milli':
            return at.replace(microsecond=at.microsecond // 1000 * 1000)
        return at

    def sees(self, user, row):
        return user['kind'] == 'coach' or row.get('athleteId', user['id']).lower() == user['id']

    def page(self, user, name, since, limit):
        rows = [row for row in self.rows[name].values() if self.stamp(row) > since and self.sees(user, row)]
        if self.switches.reshuffled_ties:
            self.random.shuffle(rows)
            rows.sort(key=self.stamp)
        else:
            rows.sort(key=lambda row: (self.stamp(row), row['id']))
        return rows[:limit], len(rows) > limit

    def pull(self, user, query):
        since = query.get('cursor' if self.switches.cursors and 'cursor' in query else 'since')
        since = parse_instant(since[0]) if since else EPOCH
        limit = min(int(query.get('limit', ['100'])[0]), self.switches.max_limit)
        wanted = query['entityTypes'][0].split(',') if 'entityTypes' in query else list(FIELDS)
        changes, stats = {}, {}
        for name in wanted:
            if name not in FIELDS:
                continue
            rows, more = self.page(user, name, since, limit)
            self.sent += len(rows)
            if rows or more:
                changes[name] = [self.print_row(row) for row in rows]
            if rows or self.switches.odd_stats:
                stats[name] = {'fetched': len(rows), 'count': len(rows), 'hasMore': more}
        if self.switches.unknown_things:
            changes['Meal'] = [{'id': str(uuid.UUID(int=7)), 'updatedAt': self.instant(START), 'kcal': 700}]
            stats['Meal'] = {'fetched': 1, 'count': 1, 'hasMore': False}
        told = self.clock - datetime.timedelta(seconds=self.switches.stale_timestamp)
        answer = {'changesByType': changes, 'syncTimestamp': self.instant(told), 'stats': stats}
        if self.switches.cursors:
            assert not any(stat['hasMore'] for stat in stats.values()), 'Such a cursor is for few rows'
            answer.update(cursor=self.instant(self.clock), hasMore=False, revoked=[])
        return answer

    def check(self, user, name, row):
        if name not in FIELDS:
            return 'entityType', 'UNKNOWN_TYPE', 'There is no such type'
        if not self.sees(user, row):
            return 'athleteId', 'FORBIDDEN', 'Not yours'
        if row.get('notes') == 'refuse me':
            return 'notes', 'BAD_FORMAT', 'Not these notes'
        if row.get('notes') == 'not now' and self.refusals > 0:
            self.refusals -= 1
            return None, 'INTERNAL', 'Try again later'
        return None

    def push(self, user, body):
        succeeded, failed, at = [], [], self.now()
        for name, rows in body['changes'].items():
            for row in rows:
                self.received += 1
                fault = self.check(user, name, row)
                if fault:
                    failed.append({'entityType': name, 'entityId': row['id'], 'retryable': fault[1] == 'INTERNAL',
                                   'errors': [dict(zip(('field', 'code', 'message'), fault))]})
                    continue
                kept = self.print_row(self.put(name, row, at if self.switches.one_instant else None))
                if self.switches.partial_entity:
                    kept = {key: kept[key] for key in ('id', 'updatedAt', 'version')}
                succeeded.append({'entityType': name, 'entityId': kept['id'], 'entity': kept})
        if self.switches.shuffled:
            self.random.shuffle(succeeded)
            self.random.shuffle(failed)
        answer = {'succeeded': succeeded, 'failed': failed,
                  'summary': {'totalReceived': len(succeeded) + len(failed), 'succeeded': len(succeeded),
                              'failed': len(failed)}}
        if self.switches.unknown_things:
            answer['weather'] = 'fine'
        return answer

    def login(self, body):
        user = self.users.get(body.get('username'))
        if user is None or user['password'] != body.get('password'):
            return 401, {'error': 'Wrong user name or password'}
        token = str(uuid.uuid4())
        self.tokens[token] = user
        return 200, {'token': token, 'userId': user['id'], 'userType': user['kind']}

    def note(self, what):
        """Counts down to the request behind which something is to happen."""
        if self.on_request and self.on_request[0] == what:
            _, left, deed = self.on_request
            self.on_request = (what, left - 1, deed)
            if left == 1:
                deed()

    def answer(self, method, path, query, body, authorization):
        """Returns status, document, and whether the connection breaks inside the answer."""
        if (method, path) == ('POST', '/api/v1/auth/login'):
            return *self.login(body), False
        if path not in ('/api/v1/sync/pull', '/api/v1/sync/push'):
            return 404, {'error': 'Not found'}, False
        if self.expire_after is not None:
            self.expire_after -= 1
            if self.expire_after < 0:
                self.tokens, self.expire_after = {}, None
        user = self.tokens.get((authorization or '').removeprefix('Bearer '))
        if user is None:
            return 401, {'error': 'Unauthorized'}, False
        if self.failures and self.failures.pop(0):
            return 500, {'error': 'Internal server error'}, False
        if path.endswith('pull'):
            document = self.pull(user, query)
            self.note('pull')
            return 200, document, False
        if self.switches.needs_rows and not body['changes']:
            return 500, {'error': 'syntax error at or near ")"'}, False
        document = self.push(user, body)
        self.note('push')
        if self.on_push:
            self.on_push()
        self.cut_pushes -= 1
        return 200, document, self.cut_pushes >= 0


def parse_instant(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00').replace(' ', '+'))


def make_handler(server):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def serve(self, method):
            url = urllib.parse.urlsplit(self.path)
            data = self.rfile.read(int(self.headers.get('Content-Length', 0)))
            with server.lock:
                server.requests.append((method, url.path))
                status, document, cut = server.answer(method, url.path, urllib.parse.parse_qs(url.query),
                                                      json.loads(data) if data else None,
                                                      self.headers.get('Authorization'))
            text = json.dumps(document).encode()
            self.send_response(status)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(text)))
            try:
                self.end_headers()
                self.wfile.write(text[:len(text) // 2] if cut else text)
            except OSError:
                self.close_connection = True  # The client was killed meanwhile.
                return
            if cut:
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        def do_GET(self):
            self.serve('GET')

        def do_POST(self):
            self.serve('POST')

        def log_message(self, *_):
            pass

    return Handler
