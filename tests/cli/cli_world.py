# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server and computers of people, each in a folder of its own, driven through the programs."""
import json
import os
import signal
import subprocess
import tempfile

PASSWORD = 'a good password'
DONE, USAGE, INVALID, PARTIAL, OFFLINE, SIGN_IN, DAMAGED = range(7)
BUILD = os.environ['LIFT_BUILD_DIR']
SQUAT = '11f70000-0000-8000-8000-000000000001'


class Answer:
    """What a program printed, and how it ended."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f'exit {self.code}\n{self.out}{self.err}'


class Server:
    """A liftlogger-server on a database of its own; may be stopped and started again."""

    def __init__(self, folder):
        self.database = 'sqlite:' + os.path.join(folder, 'server.db')
        self.program = os.path.join(BUILD, 'src/server/liftlogger-server')
        self.port, self.process, self.url = 0, None, None

    def admin(self, *arguments, password=PASSWORD):
        return Answer(subprocess.run([self.program, '--database', self.database, *arguments],
                                     input=password + '\n', capture_output=True, text=True, timeout=60))

    def add_user(self, name, role, coach=None):
        answer = self.admin('user', 'add', name, '--role', role, '--name', name.title(),
                            *(['--coach', coach] if coach else []))
        assert answer.code == DONE, answer

    def start(self):
        self.process = subprocess.Popen([self.program, '--database', self.database, '--listen',
                                         f'127.0.0.1:{self.port}', 'serve'],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        assert 'http://' in line, line
        self.url = line[line.index('http://'):].strip()
        self.port = int(self.url.rsplit(':', 1)[1])

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(20) == 0
            self.process.stdout.close()
            self.process = None


class Computer:
    """The command line of one person."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server

    def call(self, arguments):
        """How a command is started: its words and its environment."""
        environment = dict(os.environ, LIFTLOGGER_SECRETS='file:' + os.path.join(self.folder, 'secrets'))
        environment.pop('LIFTLOGGER_SERVER', None)
        words = [os.path.join(BUILD, 'src/cli/liftlogger'), '--data-dir', self.folder, *arguments]
        return {'args': words, 'env': environment, 'text': True}

    def run(self, *arguments, text=None, timeout=120, **how):
        return Answer(subprocess.run(**self.call(arguments), input=text, capture_output=True, timeout=timeout, **how))

    def start(self, *arguments):
        """Starts a command that goes on by itself."""
        return subprocess.Popen(**self.call(arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def do(self, *arguments, text=None):
        """Runs a command that has to work."""
        answer = self.run(*arguments, text=text)
        assert answer.code == DONE, (arguments, answer)
        return answer

    def create(self, kind, *values):
        return self.do('create', kind, *values).out.strip()

    def get(self, kind, row):
        return self.do('get', kind, row, '--json').json

    def status(self):
        return self.do('status', '--json').json

    def sign_in(self, name):
        self.do('--server', self.server.url, 'login', name, text=PASSWORD + '\n')

    def store_path(self):
        return next(os.path.join(root, 'store.db') for root, _, files in os.walk(self.folder)
                    if 'store.db' in files)


class World:
    """A server with a coach and an athlete, both signed in and synced."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix='lift-cli-')
        self.folder = self.temporary.name
        self.server = Server(self.folder)

    def __enter__(self):
        self.server.add_user('anna', 'coach')
        self.server.add_user('ben', 'athlete', 'anna')
        self.server.start()
        self.coach, self.athlete = self.computer('anna'), self.computer('ben')
        self.ben = self.coach.do('list', 'Athlete', '--json').json[0]['id']
        return self

    def computer(self, name, folder=None):
        computer = Computer(os.path.join(self.folder, folder or name), self.server)
        computer.sign_in(name)
        computer.do('sync')
        return computer

    def plan(self, **values):
        values = dict({'athleteId': self.ben, 'name': 'Lower A', 'date': '2026-11-23'}, **values)
        return self.coach.create('TrainingPlan', *[f'{key}={value}' for key, value in values.items()])

    def __exit__(self, *_):
        self.server.stop()
        self.temporary.cleanup()
