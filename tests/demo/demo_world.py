# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server with sample data, the computers of two people, and eyes from outside on both."""
import contextlib
import json
import os
import signal
import sqlite3
import subprocess

COACH, ATHLETE = 'coach', 'ida'


class Computer:
    """A folder with accounts, read through the command line beside the running window."""

    def __init__(self, build, folder):
        self.program, self.folder = os.path.join(build, 'src/cli/liftlogger'), folder

    def ask(self, *arguments):
        done = subprocess.run([self.program, '--data-dir', self.folder, *arguments, '--json'],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (arguments, done.stderr)
        return json.loads(done.stdout)

    def status(self):
        return self.ask('status')

    def get(self, kind, row):
        return self.ask('get', kind, row)

    def rows(self, kind, **values):
        conditions = [part for key, value in values.items() for part in ('--where', f'{key}={value}')]
        return self.ask('list', kind, *conditions)

    def one(self, kind, **values):
        rows = self.rows(kind, **values)
        assert len(rows) < 2, rows
        return rows[0] if rows else None


class World:
    """Made by liftlogger-demo; the server is then stopped and started at will, always on one port."""

    password = 'lift-every-day'
    athlete_name = 'Ida Novak'

    def __init__(self, folder):
        self.build = os.environ['LIFT_BUILD_DIR']
        self.folder, self.process, self.port, self.url = folder, None, 0, None
        self.coach = Computer(self.build, os.path.join(folder, 'coach-computer'))
        self.athlete = Computer(self.build, os.path.join(folder, 'athlete-computer'))
        self.exercises = {}

    def make(self):
        made = os.path.join(self.folder, 'made')
        subprocess.run([os.path.join(self.build, 'src/demo/liftlogger-demo'), '--prepare', made], check=True,
                       stdout=subprocess.DEVNULL, timeout=120)
        self.database = os.path.join(made, 'server.db')
        self.start_server()

    def start_server(self):
        self.process = subprocess.Popen(
            [os.path.join(self.build, 'src/server/liftlogger-server'), '--database', 'sqlite:' + self.database,
             '--listen', f'127.0.0.1:{self.port}', 'serve'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        assert 'http://' in line, f'the server said {line!r}'
        self.url = line[line.index('http://'):].strip()
        self.port = int(self.url.rsplit(':', 1)[1])

    def stop_server(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, 'the server did not end well'
        self.process.stdout.close()
        self.process = None

    def query(self, sql, *values):
        """Looks into the server's file itself, not through any program of ours."""
        with contextlib.closing(sqlite3.connect(f'file:{self.database}?mode=ro', uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def server_row(self, table, row, column):
        found = self.query(f'SELECT {column} FROM {table} WHERE id = ?', row)
        return found[0][0] if found else None

    def count(self, kind):
        return self.query(f'SELECT count(*) FROM {kind.lower()}')[0][0]

    def exercise(self, name):
        """Returns the id of an exercise of the catalogue."""
        if name not in self.exercises:
            self.exercises[name] = self.query('SELECT id FROM exercise WHERE name = ?', name)[0][0]
        return self.exercises[name]
