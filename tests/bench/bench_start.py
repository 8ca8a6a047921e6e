#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long programs take to start with many sets in the store, without a network.

usage: bench_start.py SERVER FILL CLI COACH ATHLETE FIXTURE [SETS [RUNS]]; run inside run-display.

A window counts as there when its text can be read through the accessible tree, which is later than
when it can be seen. The limit is a window of the same toolkit with a few widgets and no data.
"""
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from lift_a11y import App

PASSWORD = 'correct horse battery'
SERVER, FILL, CLI, COACH, ATHLETE, FIXTURE = sys.argv[1:7]
SETS = sys.argv[7] if len(sys.argv) > 7 else '100000'
RUNS = int(sys.argv[8]) if len(sys.argv) > 8 else 5


class World:
    """Two computers, of a coach and of an athlete, whose stores are full."""

    def __init__(self, folder):
        self.folder = folder
        self.database = 'sqlite:' + os.path.join(folder, 'server.db')

    def admin(self, *arguments):
        subprocess.run([SERVER, '--database', self.database, *arguments], input=PASSWORD + '\n', text=True,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def environment(self, person):
        return dict(os.environ, LIFTLOGGER_SECRETS='file:' + os.path.join(self.folder, person, 'secrets'))

    def data(self, person):
        return os.path.join(self.folder, person)

    def fill(self):
        self.admin('user', 'add', 'kim', '--role', 'coach', '--name', 'Kim')
        self.admin('user', 'add', 'ann', '--role', 'athlete', '--name', 'Ann Lifter', '--coach', 'kim')
        server = subprocess.Popen([SERVER, '--database', self.database, '--listen', '127.0.0.1:0', 'serve'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            line = server.stdout.readline()
            url = line[line.index('http://'):].strip()
            for person in ('kim', 'ann'):
                os.mkdir(self.data(person))
                subprocess.run([FILL, self.data(person), url, person, PASSWORD, SETS],
                               env=self.environment(person), check=True)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
            server.stdout.close()


def time_command(world, person, *arguments):
    start = time.monotonic()
    subprocess.run([CLI, '--data-dir', world.data(person), *arguments], env=world.environment(person),
                   check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def time_true():
    start = time.monotonic()
    subprocess.run([CLI, '--version'], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def time_window(text, *argv, env=None):
    start = time.monotonic()
    with App(*argv, env=env) as app:
        app.wait_text(text)
        taken = time.monotonic() - start
        app.kill()
    return taken


def compare(what, ours, limit):
    """Runs both in turn and writes a line of the table."""
    pairs = [(ours(), limit()) for _ in range(RUNS)]
    a, b = (statistics.median(column) for column in zip(*pairs))
    ratio = statistics.median(x / y for x, y in pairs)
    print(f'| {what} | {1000 * a:.0f} | {1000 * b:.0f} | {ratio:.2f} |', flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix='lift-start-') as folder:
        world = World(folder)
        world.fill()
        print(f'{SETS} sets, {RUNS} runs\n\n## Start\n\n| what | ours, ms | limit, ms | ratio |\n'
              '| --- | ---: | ---: | ---: |')
        compare('`liftlogger status`', lambda: time_command(world, 'ann', 'status'), time_true)
        compare("athlete's window with the latest sessions",
                lambda: time_window('Show More', ATHLETE, '--data-dir', world.data('ann'),
                                    env=world.environment('ann')),
                lambda: time_window('Nothing yet', FIXTURE))
        compare("coach's window with a week of sets",
                lambda: time_window('Unplanned · 25 sets', COACH, '--data-dir', world.data('kim'),
                                    env=world.environment('kim')),
                lambda: time_window('Nothing yet', FIXTURE))


main()
