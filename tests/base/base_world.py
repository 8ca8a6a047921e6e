# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line on two computers of one athlete, and a [base] server."""
import json
import os
import subprocess
import sys
import tempfile

from base_server import BaseServer

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))

PASSWORD = 'a good password'
DONE, USAGE, INVALID, PARTIAL, OFFLINE, SIGN_IN = range(6)


class Answer:
    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f'exit {self.code}\n{self.out[:2000]}{self.err[:2000]}'


class Computer:
    """The command line in a folder of its own."""

    def __init__(self, folder, url):
        self.folder, self.url = folder, url

    def run(self, *arguments, text=None):
        environment = dict(os.environ, LIFTLOGGER_SECRETS='file:' + os.path.join(self.folder, 'secrets'))
        return Answer(subprocess.run(
            [os.environ['LIFT_CLI_PROGRAM'], '--data-dir', self.folder, '--server', self.url, *arguments],
            env=environment, input=text, capture_output=True, text=True, timeout=120))

    def start(self, *arguments):
        """The program, to be killed."""
        environment = dict(os.environ, LIFTLOGGER_SECRETS='file:' + os.path.join(self.folder, 'secrets'))
        return subprocess.Popen(
            [os.environ['LIFT_CLI_PROGRAM'], '--data-dir', self.folder, '--server', self.url, *arguments],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def do(self, *arguments, text=None):
        answer = self.run(*arguments, text=text)
        assert answer.code == DONE, (arguments, answer)
        return answer

    def sign_in(self, name):
        self.do('login', name, text=PASSWORD + '\n')

    def sync(self, code=DONE):
        answer = self.run('sync', '--json')
        assert answer.code == code, answer
        return answer.json

    def create(self, kind, **values):
        return self.do('create', kind, *[f'{key}={value}' for key, value in values.items()]).out.strip()

    def create_all(self, kind, rows):
        return self.do('create', kind, '--json', '-', text=json.dumps(rows)).out.split()

    def update(self, kind, row, **values):
        self.do('update', kind, row, *[f'{key}={value}' for key, value in values.items()])

    def delete(self, kind, row):
        self.do('delete', kind, row)

    def get(self, kind, row):
        return self.do('get', kind, row, '--json').json

    def rows(self, kind):
        return {row['id']: row for row in self.do('list', kind, '--json').json}

    def status(self):
        return self.do('status', '--json').json

    def store_path(self):
        return next(os.path.join(root, 'store.db') for root, _, files in os.walk(self.folder)
                    if 'store.db' in files)


# What both ends know of the rows that the tests make.
SHARED = {
    'TrainingPlan': ('name', 'date', 'isLocked'),
    'TrainingSession': ('trainingPlanId', 'sessionDate', 'notes'),
    'ExerciseSession': ('trainingSessionId', 'exerciseId', 'orderIndex', 'notes'),
    'SetSession': ('exerciseSessionId', 'setNumber', 'actualReps', 'actualWeight', 'notes'),
    'BodyWeightEntry': ('weight', 'measurementDate', 'notes'),
}


class World:
    """Ben's two computers, signed in and synced."""

    def __init__(self, computers=2):
        self.temporary = tempfile.TemporaryDirectory(prefix='lift-base-')
        self.server = BaseServer()
        self.ben = self.server.add_user('ben', PASSWORD)
        self.computers = [Computer(os.path.join(self.temporary.name, f'computer {n}'), self.server.url)
                          for n in range(computers)]

    def __enter__(self):
        self.server.__enter__()
        for computer in self.computers:
            computer.sign_in('ben')
            computer.sync()
        return self

    def __exit__(self, *exception):
        self.server.__exit__(*exception)
        self.temporary.cleanup()

    def join(self, name, kind):
        """Another account, signed in and synced on a computer of its own."""
        self.server.add_user(name, PASSWORD, kind)
        computer = Computer(os.path.join(self.temporary.name, name), self.server.url)
        computer.sign_in(name)
        computer.sync()
        return computer

    def weight(self, computer, **values):
        return computer.create('BodyWeightEntry', **{'athleteId': self.ben, 'weight': 80.5,
                                                     'measurementDate': '2026-03-01', **values})

    def weights(self, count, **values):
        return [{'athleteId': self.ben, 'weight': 60 + n / 16, 'measurementDate': '2026-03-01', **values}
                for n in range(count)]

    def settle(self):
        """Syncs both until neither has anything to tell, and expects that they agree."""
        for computer in [*self.computers, *self.computers]:
            computer.sync()
        self.assert_agreed()

    def assert_agreed(self):
        for computer in self.computers:
            status = computer.status()
            assert (status['pending'], status['retrying'], status['needsAttention']) == (0, 0, 0), status
        for kind, fields in SHARED.items():
            server = {key: [row[f] for f in fields] for key, row in self.server.live(kind).items()}
            for number, computer in enumerate(self.computers):
                local = {key: [row[f] for f in fields] for key, row in computer.rows(kind).items()}
                assert local == server, (kind, number, {
                    key: (local.get(key), server.get(key)) for key in local.keys() | server.keys()
                    if local.get(key) != server.get(key)})
