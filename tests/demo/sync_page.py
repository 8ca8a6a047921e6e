#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about the sync, in both windows, against a real server.

What is refused, edited elsewhere or discarded is made on the command line of the same computer; what
the page says of it is read on the screen, and what its buttons do in the store and on the server.
With $LIFT_SYNC_PICTURES set to a folder, each test leaves pictures there, narrow and wide.
"""
import contextlib
import glob
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import lift_tap
from demo_world import ATHLETE, COACH, World
from lift_a11y import App, wait_for

NOTE = 'Too heavy for me today'
PICTURES = os.environ.get('LIFT_SYNC_PICTURES')


class SyncWorld(World):
    """The sample world with both people signed in, on the command line."""

    def run(self, computer, *arguments, status=0):
        done = subprocess.run([computer.program, '--data-dir', computer.folder, *arguments],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout.strip()

    def sign_in(self, computer, username):
        password = os.path.join(self.folder, 'password')
        with open(password, 'w', encoding='utf-8') as file:
            file.write(self.password)
        self.run(computer, '--server', self.url, 'login', username, '--password-file', password)
        self.run(computer, 'sync')

    def make(self):
        super().make()
        self.sign_in(self.coach, COACH)
        self.sign_in(self.athlete, ATHLETE)
        self.plan = max(self.athlete.rows('TrainingPlan'), key=lambda row: row['date'])
        line = self.athlete.rows('ExercisePlan', trainingPlanId=self.plan['id'])[0]
        self.line = next(exercise['name'] for exercise in self.athlete.rows('Exercise')
                         if exercise['id'] == line['exerciseId'])
        self.sets = sorted(self.athlete.rows('SetPlan', exercisePlanId=line['id']),
                           key=lambda row: row['setNumber'])
        self.done = self.athlete.rows('SetSession')[-1]

    def update(self, computer, kind, row, *values, sync=0):
        """Changes a row on a computer; the sync after it is to end with that status."""
        self.run(computer, 'update', kind, row, *values)
        if sync is not None:
            self.run(computer, 'sync', status=sync)

    @contextlib.contextmanager
    def window(self, kind, width=700, height=800):
        """Opens the window of a person on the page about the sync."""
        computer = self.coach if kind == 'coach' else self.athlete
        program = os.path.join(self.build, 'src', kind, 'liftlogger-' + kind)
        with App(program, '--data-dir', computer.folder, '--server', self.url) as app:
            app.find('button', 'Sync Now')
            app.resize(width, height)
            yield app

    def store(self, computer):
        """Returns the path of the only store on a computer."""
        path, = glob.glob(os.path.join(computer.folder, '**', '*.db'), recursive=True)
        return path

    def local(self, computer, table, row, column):
        """Looks into the store of a computer itself."""
        with contextlib.closing(sqlite3.connect(f'file:{self.store(computer)}?mode=ro', uri=True)) as store:
            return store.execute(f'SELECT {column} FROM {table} WHERE id = ?', (row,)).fetchone()[0]

    def pending(self, computer, count):
        wait_for(lambda: computer.status()['pending'] == count, f'{count} rows that wait')


world = SyncWorld(tempfile.mkdtemp(prefix='liftlogger-sync-'))


def picture(app, name):
    if PICTURES:
        os.makedirs(PICTURES, exist_ok=True)
        for width, height in (360, 720), (1280, 800):
            app.resize(width, height)
            app.screenshot(os.path.join(PICTURES, f'{name}-{width}.png'), window=True)


def row_of(app, section, subject):
    """Returns the entry of a section whose words match."""
    return app.find('row', re.compile(subject), within=app.find('list', section))


def button_of(app, row, name):
    """Returns the button of an entry; its name says which entry it is of."""
    return app.find('button', re.compile(f'^{name}: '), within=row)


def everything_is_on_the_server():
    """With nothing to say the page says so"""
    with world.window('athlete') as app:
        app.press('shift+F5')
        app.wait_text('Everything is on the server')
        app.wait_text('Nothing Waits')
        assert not app.exists('list', 'Waiting')
        picture(app, 'empty')
        app.press('Escape')
        app.wait_gone(None, 'Nothing Waits')
        app.find('button', 'Start Unplanned Session')


def refused_rows_say_why():
    """A refused row says why; discard takes it back, undo restores it, retry sends it"""
    first, second = world.sets[:2]
    world.update(world.coach, 'TrainingPlan', world.plan['id'], 'isLocked=true')
    world.update(world.athlete, 'SetPlan', first['id'], 'notes=' + NOTE, sync=None)
    world.update(world.athlete, 'SetPlan', second['id'], 'targetRpe=7', sync=3)
    with world.window('athlete') as app:
        app.click(app.find('button', '2 need attention'))
        row = row_of(app, 'Needs Attention', f'{world.plan["name"]}.* · {world.line} · set 1')
        app.wait_text('The coach has locked this plan', within=row)
        app.wait_text(f'Notes: nothing → “{NOTE}”', within=row)
        # A plan is not for the athlete to write, so that there is nowhere to go.
        assert not app.exists('button', re.compile('^Edit'), within=row)
        picture(app, 'refused')
        app.click(button_of(app, row, 'Discard My Change'))
        row_of(app, 'What Happened', 'change discarded .* set 1')
        # The toast stays for five seconds, which on a busy machine is too short a time to see it;
        # what it offers is also a button of the entry above it.
        undo = app.find('button', re.compile('^(Undo|Restore)'), index=-1)
        assert world.local(world.athlete, 'set_plan', first['id'], 'notes') is None
        app.click(undo)
        wait_for(lambda: world.athlete.get('SetPlan', first['id'])['notes'] == NOTE, 'the note again')
        # It is sent by itself, and refused as before.
        row_of(app, 'Needs Attention', 'set 1')
        # What the keys take back is the last thing that was done here.
        app.click(button_of(app, row_of(app, 'Needs Attention', 'set 1'), 'Discard My Change'))
        app.click(button_of(app, row_of(app, 'What Happened', 'change discarded .* set 1'), 'Dismiss'))
        app.wait_gone('list', 'What Happened')
        app.press('ctrl+z')
        row_of(app, 'What Happened', 'change discarded .* set 1')
        app.press('ctrl+z')
        row_of(app, 'Needs Attention', 'set 1')
        world.update(world.coach, 'TrainingPlan', world.plan['id'], 'isLocked=false')
        for name, left in ('set 2', 1), ('set 1', 0):
            app.click(button_of(app, row_of(app, 'Needs Attention', name), 'Retry'))
            world.pending(world.athlete, left)
        app.wait_text('Nothing Waits')
    assert world.server_row('set_plan', first['id'], 'notes') == NOTE
    assert world.server_row('set_plan', second['id'], 'target_rpe') == 7


def conflicts_show_both_values():
    """A conflict shows both values and who; restore writes the other one, dismiss leaves ours"""
    done = world.done['id']
    world.update(world.coach, 'SetSession', done, 'actualWeight=105', 'notes=One more plate')
    world.update(world.athlete, 'SetSession', done, 'actualWeight=102.5', 'notes=Felt light')
    with world.window('athlete') as app:
        app.press('ctrl+shift+r')
        app.wait_focused('button', 'Sync Now')
        words = app.wait_text('Load')
        assert re.fullmatch(r'Jonas Weber changed Load to 105 kg on \d+ \w+ \d{4}, \d\d:\d\d; '
                            r'yours, 102\.5 kg, was kept\.', words), words
        app.wait_text('Notes to “One more plate”')
        picture(app, 'conflicts')
        # By keys alone.
        app.press('Tab')
        app.wait_focused('row', re.compile('Logged set'))
        app.press('Tab')
        app.wait_focused('button', re.compile('^Edit: Logged set'))
        app.press('Tab')
        app.wait_focused('button', re.compile('^Restore: Logged set'))
        app.press('Return')
        wait_for(lambda: world.athlete.get('SetSession', done)['actualWeight'] == 105, 'the other load')
        world.pending(world.athlete, 0)
        app.wait_no_text('Load to 105 kg')
        # The focus is on the entry that took its place.
        app.wait_focused('row', re.compile('Logged set'))
        app.click(button_of(app, row_of(app, 'Conflicts', 'Logged set'), 'Dismiss'))
        app.wait_text('Nothing Waits')
    assert world.server_row('set_session', done, 'actual_weight') == 105
    assert world.server_row('set_session', done, 'notes') == 'Felt light'
    assert world.athlete.status()['conflicts'] == 0


def edit_leads_to_the_plan():
    """Edit opens the plan of the coach at the exercise, and once it is right it is sent"""
    row = world.sets[0]['id']
    world.update(world.coach, 'SetPlan', row, 'targetRpe=9', sync=None)
    # Only a program with other limits would have taken this.
    with contextlib.closing(sqlite3.connect(world.store(world.coach))) as store, store:
        store.execute('UPDATE set_plan SET target_rpe = 11 WHERE id = ?', (row,))
    world.run(world.coach, 'sync', status=3)
    with world.window('coach', width=1100) as app:
        app.click(app.find('button', '1 needs attention'))
        entry = row_of(app, 'Needs Attention', f'{world.line} · set 1')
        app.wait_text('Target RPE must lie between 1 and 10', within=entry)
        picture(app, 'coach-refused')
        # What lies behind the page is not to be changed from it.
        app.press('ctrl+n')
        app.click(button_of(app, entry, 'Edit'))
        field = app.wait_focused('text', f'Sets of {world.line}')
        app.wait_text(world.plan['name'])
        assert '@11' in app.text(field), app.text(field)
        app.press('ctrl+a')
        app.type_text('3x5 100 @8')
        app.press('Return')
        world.pending(world.coach, 0)
        app.press('shift+F5')
        app.wait_text('Nothing Waits')
        # The same key goes a week back, where the weeks are.
        app.press('alt+Left')
        app.wait_gone(None, 'Nothing Waits')
        app.find('text', f'Sets of {world.line}')
    assert world.server_row('set_plan', row, 'target_rpe') == 8
    assert not world.coach.rows('TrainingPlan', name='New plan')


def edit_leads_to_the_session():
    """Edit opens the session of the athlete at the set"""
    done = world.done
    world.update(world.coach, 'SetSession', done['id'], 'actualReps=6')
    world.update(world.athlete, 'SetSession', done['id'], 'actualReps=4')
    with world.window('athlete', width=360, height=720) as app:
        app.press('shift+F5')
        app.click(button_of(app, row_of(app, 'Conflicts', 'Logged set'), 'Edit'))
        app.wait_focused('text', re.compile(f'set {done["setNumber"]} '))
        picture(app, 'athlete-edit')
        app.press('shift+F5')
        app.click(button_of(app, row_of(app, 'Conflicts', 'Logged set'), 'Dismiss'))
        app.wait_text('Nothing Waits')


def changes_are_told_of_after_a_sign_out():
    """Whoever signed out, here or elsewhere, is asked for the password alone, and told what waits"""
    world.update(world.athlete, 'SetSession', world.done['id'], 'notes=Not sent', sync=None)
    world.run(world.athlete, 'logout', '--keep')
    program = os.path.join(world.build, 'src/athlete/liftlogger-athlete')
    with App(program, '--data-dir', world.athlete.folder) as app:
        app.wait_text(f'{ATHLETE} on {world.url} has 1 change that is not on the server.')
        assert app.text(app.find('text', 'Server')) == world.url
        assert app.text(app.find('text', 'Username')) == ATHLETE
        picture(app, 'sign-in')
    world.sign_in(world.athlete, ATHLETE)


def changes_can_be_exported():
    """What waits can be taken away as a file, without a network"""
    path = os.path.join(world.folder, 'exported.json')
    world.stop_server()
    world.update(world.athlete, 'SetSession', world.done['id'], 'notes=Without a network', sync=None)
    with world.window('athlete', width=360, height=720) as app:
        app.click(app.find('button', 'Sync Now'))
        app.click(app.find('button', re.compile('1 change waiting')))
        row_of(app, 'Waiting', 'Logged set · changed')
        app.wait_text('→ “Without a network”')
        picture(app, 'waiting')
        app.click(app.find('row', 'Export Unsynced Changes…'))
        app.wait_focused('text', 'Name:')
        app.press('ctrl+a')
        app.type_text(path)
        app.press('Return')
        app.wait_text('Exported to exported.json')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    json.loads(text)
    assert 'Without a network' in text, text


TESTS = [everything_is_on_the_server, refused_rows_say_why, conflicts_show_both_values,
         edit_leads_to_the_plan, edit_leads_to_the_session, changes_are_told_of_after_a_sign_out,
         changes_can_be_exported]


def main():
    try:
        world.make()
        return lift_tap.run(TESTS)
    finally:
        world.stop_server()
        shutil.rmtree(world.folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
