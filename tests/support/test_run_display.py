#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of run-display: the desktop is private, and nothing of it stays."""
import os
import signal
import subprocess
import sys
import time

import lift_tap

RUN_DISPLAY = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'run-display')
# GTK, sanitizers and the bus of the person who runs this do not matter here.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}


def run(*arguments, **kwargs):
    return subprocess.run([RUN_DISPLAY, *arguments], capture_output=True, text=True, env=ENVIRONMENT,
                          timeout=120, **kwargs)


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f'/proc/{process}/stat', encoding='ascii', errors='replace') as stat:
        return stat.read().rpartition(')')[2].split()[0] != 'Z'


def wait_gone(process):
    deadline = time.monotonic() + 20
    while alive(process):
        assert time.monotonic() < deadline, f'process {process} is still there'
        time.sleep(0.02)


def tells_the_status():
    """The exit status is the command's, also after a signal"""
    assert run('sh', '-c', 'exit 7').returncode == 7
    assert run('sh', '-c', 'kill -9 $$').returncode == 128 + 9
    done = run('/no/such/program')
    assert done.returncode == 1 and '/no/such/program' in done.stderr, done.stderr
    assert run().returncode == 2


def has_the_asked_size():
    """The screen has the size that was asked for"""
    done = run('--geometry', '360x720', 'xwininfo', '-root')
    assert 'Width: 360' in done.stdout and 'Height: 720' in done.stdout, done.stdout


def is_private():
    """The home, the data folders and the bus are new ones, and gone afterwards"""
    names = ('HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR')
    done = run('sh', '-c', 'printenv DBUS_SESSION_BUS_ADDRESS ' + ' '.join(names))
    bus, *folders = done.stdout.splitlines()
    assert bus != os.environ.get('DBUS_SESSION_BUS_ADDRESS')
    assert len(folders) == len(names)
    for folder in folders:
        assert 'lift-display-' in folder and not os.path.exists(folder), folder


def ends_what_was_left_behind():
    """A process that went into the background and its own session is ended too"""
    done = run('sh', '-c', 'setsid sleep 600 >/dev/null 2>&1 & echo $!')
    process = int(done.stdout)
    wait_gone(process)


def cleans_up_when_stopped():
    """Stopped by a signal, it ends the command and removes its folder"""
    with subprocess.Popen([RUN_DISPLAY, 'sh', '-c', 'echo $$ $HOME; exec sleep 600'], text=True,
                          stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        number, home = process.stdout.readline().split()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM
        wait_gone(int(number))
        assert not os.path.exists(home)


def runs_side_by_side():
    """Several at once each get a display of their own"""
    commands = [subprocess.Popen([RUN_DISPLAY, 'sh', '-c', 'echo $DISPLAY; sleep 0.5'], text=True,
                                 stdout=subprocess.PIPE, env=ENVIRONMENT) for _ in range(3)]
    displays = [command.communicate(timeout=120)[0] for command in commands]
    assert len(set(displays)) == 3, displays
    assert all(command.returncode == 0 for command in commands)


def can_do_without_a_display():
    """With --no-display there is a bus and no display"""
    done = run('--no-display', 'sh', '-c', 'echo "${DISPLAY-none}"; echo "$DBUS_SESSION_BUS_ADDRESS"')
    display, bus = done.stdout.splitlines()
    assert display == 'none' and bus.startswith('unix:'), done.stdout


def offers_a_secret_service():
    """With --keyring there is an unlocked Secret Service, without it there is none"""
    question = ['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.secrets',
                '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias',
                'string:default']
    done = run('--keyring', *question)
    assert done.returncode == 0 and 'object path "/org/freedesktop/secrets/collection/' in done.stdout, \
        done.stdout + done.stderr
    assert run(*question).returncode != 0


sys.exit(lift_tap.run([
    tells_the_status, has_the_asked_size, is_private, ends_what_was_left_behind,
    cleans_up_when_stopped, runs_side_by_side, can_do_without_a_display,
    offers_a_secret_service,
]))
