#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of a server or of a computer's folder that are put back, or go on beside the first, and do not
say so: what is on other computers may be all that is left."""
import os
import shutil
import sqlite3
import sys

import lift_tap
from cli_world import Computer, World
from test_cli_restore import Proxy, back_up, conflicts, look, quiet, restore, session, weigh


def by_id(computer, kind):
    return {row['id'] for row in computer.do('list', kind, '--json').json}


def change_store(computer, sql):
    store = sqlite3.connect(computer.store_path())
    store.execute(sql)
    store.commit()
    store.close()


class ProxyWorld(World):
    """One more computer of the athlete, whose connection can be broken in parts."""

    def __enter__(self):
        super().__enter__()
        self.proxy = Proxy(self.server.url)
        self.phone = self.behind('phone')
        self.phone.sign_in('ben')
        return self

    def behind(self, folder):
        return Computer(os.path.join(self.folder, folder), self.proxy)

    def copy_of(self, computer, folder):
        shutil.copytree(computer.folder, os.path.join(self.folder, folder))
        return self.behind(folder)

    def let(self, *parts):
        """Only what has one of these in its path passes."""
        self.proxy.breaks = lambda path: '/sync/' in path and not any(part in path for part in parts)

    def __exit__(self, *error):
        self.proxy.close()
        return super().__exit__(*error)


def test_athlete_made_offline():
    """An athlete who was made before the backup, by the clock of the coach, and reached the server after it"""
    with World() as world:
        carl = world.coach.create('Athlete', 'displayName=Carl')
        weigh(world, world.athlete, 1)
        world.athlete.do('sync')
        back_up(world)
        world.coach.do('sync')
        world.coach.do('update', 'Athlete', carl, 'displayName=Carl L.')
        plan = world.coach.create('TrainingPlan', 'athleteId=' + carl, 'name=Heavy', 'date=2026-11-23')
        world.coach.do('sync')
        restore(world)
        world.coach.do('sync')
        quiet(world.coach)
        assert carl in by_id(world.coach, 'Athlete') and plan in by_id(world.coach, 'TrainingPlan')
        other = world.computer('anna', 'other')
        assert carl in by_id(other, 'Athlete') and plan in by_id(other, 'TrainingPlan')


def test_server_put_back_as_it_was():
    """The server's file is put back under the name of its history, and others have gone on since"""
    with World() as world:
        file = os.path.join(world.folder, 'server.db')
        world.server.stop()
        shutil.copy(file, file + '.kept')
        world.server.start()
        row = session(world, world.athlete, name='answered')
        world.athlete.do('sync')
        world.server.stop()
        for end in ('-wal', '-shm'):
            if os.path.exists(file + end):
                os.remove(file + end)
        shutil.copy(file + '.kept', file)
        world.server.start()
        for name in 'abc':
            world.plan(name=name)
        world.coach.do('sync')
        session(world, world.athlete, name='unsent')
        for _ in range(3):
            world.athlete.run('sync')
        quiet(world.athlete)
        assert row in by_id(world.athlete, 'TrainingSession')
        assert row in by_id(world.computer('ben', 'fresh'), 'TrainingSession')


def test_first_pull_cut_off_by_a_restore():
    """A part of the first pull is of a history that is lost, and a push is answered by the next"""
    with ProxyWorld() as world:
        session(world, world.phone, name='own')
        world.let()
        world.phone.run('sync')
        back_up(world)
        other = world.computer('ben', 'other')
        rows = {session(world, other, name=name) for name in ('last', 'very last')}
        other.do('sync')
        change_store(world.phone, "INSERT OR REPLACE INTO fact (name, value) VALUES ('pull-rows', '1')")
        asked = []

        def count(path):
            asked.append(path)
            return '/sync/push' in path

        world.proxy.breaks = count
        world.copy_of(world.phone, 'probe').run('sync')
        left = [sum('/sync/pull' in path for path in asked) - 1]

        def cut(path):
            left[0] -= '/sync/pull' in path
            return '/sync/push' in path or left[0] < 0

        world.proxy.breaks = cut
        world.phone.run('sync')
        had = rows & by_id(world.phone, 'TrainingSession')
        assert had
        restore(world)
        world.let('/sync/push')
        world.phone.run('sync')
        world.let('/sync/')
        world.phone.do('sync')
        assert had <= by_id(world.phone, 'TrainingSession')
        assert had <= by_id(world.computer('ben', 'fresh'), 'TrainingSession')


def test_store_that_names_no_history():
    """A store of a version that noted no history; the first push after the restore passes, the pull does not"""
    with ProxyWorld() as world:
        world.phone.do('sync')
        back_up(world)
        other = world.computer('ben', 'other')
        row = session(world, other, name='last')
        other.do('sync')
        world.phone.do('sync')
        change_store(world.phone, "DELETE FROM fact WHERE name = 'epoch'")
        restore(world)
        session(world, world.phone, name='own')
        world.let('/sync/push')
        world.phone.run('sync')
        world.let('/sync/')
        world.phone.do('sync')
        assert row in by_id(world.phone, 'TrainingSession')


def test_unsent_row_of_two_copies():
    """A row is sent by both copies of a folder: the second changes only what was edited there"""
    with ProxyWorld() as world:
        world.phone.do('sync')
        row = session(world, world.phone, name='A', notes='n0')
        copy = world.copy_of(world.phone, 'copy')
        copy.do('sync')
        copy.do('update', 'TrainingSession', row, 'notes=n1')
        copy.do('sync')
        world.phone.do('update', 'TrainingSession', row, 'name=B')
        world.let('/sync/push')
        world.phone.run('sync')
        world.let('/sync/')
        world.phone.do('sync')
        copy.do('sync')
        assert look(copy, row) == look(world.phone, row) == ('B', 'n1')


def test_folder_put_back():
    """A folder is put back as it was before a row was sent: what was corrected since stands"""
    with ProxyWorld() as world:
        world.phone.do('sync')
        row = session(world, world.phone, name='A', notes='n0')
        world.copy_of(world.phone, 'kept')
        world.phone.do('sync')
        world.phone.do('update', 'TrainingSession', row, 'notes=n1')
        world.phone.do('sync')
        shutil.rmtree(world.phone.folder)
        phone = world.copy_of(world.behind('kept'), 'phone')
        session(world, phone, name='new')
        world.let('/sync/push')
        phone.run('sync')
        world.let('/sync/')
        phone.do('sync')
        quiet(phone)
        assert look(phone, row) == ('A', 'n1'), conflicts(phone)


TESTS = [value for name, value in list(globals().items()) if name.startswith('test_')]
if __name__ == '__main__':
    sys.exit(lift_tap.run(TESTS))
