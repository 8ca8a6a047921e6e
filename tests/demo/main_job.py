#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, through the real windows: a plan travels from coach to athlete and back.

Each step is looked at on the screen, in the store of the computer and on the server. Prints what was
seen, leaves pictures in $LIFT_DEMO_OUTPUT, and exits 0 only if every step was verified.
"""
import datetime
import os
import re
import shutil
import sys
import tempfile

from demo_world import ATHLETE, COACH, World
from lift_a11y import App, wait_for

WAITING = re.compile(r'Saved on this computer · \d+ changes waiting')

LOADS = [('warmup', 5, 60.0, None)] * 2 + [('working', 5, 100.0, 8.0)] * 3
PULLS = [('working', 8, 80.0, None)] * 3


class MainJob:
    """The two windows, the server between them, and what was verified so far."""

    def __init__(self, folder, output):
        self.world, self.output, self.steps = World(folder), output, 0
        self.coach = self.athlete = None
        self.today = datetime.date.today().isoformat()

    def say(self, text, *seen):
        self.steps += 1
        print(f'{self.steps:2}. {text}')
        for line in seen:
            print(f'    {line}')
        sys.stdout.flush()

    def picture(self, app, name):
        path = os.path.join(self.output, f'{self.steps:02}-{name}.png')
        # The two windows lie on one screen.
        app.focus_window()
        app.screenshot(path, window=True)
        print(f'    picture: {os.path.relpath(path)}')

    def open(self, folder, program, computer):
        return App(os.path.join(self.world.build, 'src', folder, program), '--data-dir', computer.folder,
                   '--server', self.world.url, log=os.path.join(self.output, program + '.log'))

    def sign_in(self, app, username):
        app.set_text(app.find('text', 'Server'), self.world.url)
        app.set_text(app.find('text', 'Username'), username)
        app.set_text(app.find('text', 'Password'), self.world.password)
        app.click(app.find('button', 'Sign In'))

    # The coach plans.

    def coach_signs_in(self):
        self.coach = self.open('coach', 'liftlogger-coach', self.world.coach)
        self.picture(self.coach, 'coach-sign-in')
        self.sign_in(self.coach, COACH)
        row = self.coach.find(None, self.world.athlete_name, timeout=30)
        assert self.world.coach.status()['userType'] == 'coach'
        self.say('The coach signs in.', f'screen: the side bar lists {self.world.athlete_name}',
                 'store: the account is a coach', f'server: {self.world.count("Athlete")} athletes in care')
        self.coach.click(row)
        self.picture(self.coach, 'coach-week')

    def coach_writes_the_plan(self):
        app = self.coach
        app.press('ctrl+n')
        app.set_text(app.find('text', 'Plan name'), 'Lower A')
        app.press('Return')
        self.add_exercise('Back Squat', 'w 2x5 60, 3x5 100 @8', variant='Pause')
        self.add_exercise('Romanian Deadlift', '3x8 80')
        plan = wait_for(lambda: self.world.coach.one('TrainingPlan', name='Lower A'), 'the plan in the store')
        self.plan = plan['id']
        assert plan['date'] == self.today and plan['status'] == 'draft', plan
        lines = self.world.coach.rows('ExercisePlan', trainingPlanId=self.plan)
        assert len(lines) == 2, lines
        wait_for(lambda: self.sets_of(self.world.coach, 'Back Squat') == LOADS, 'the sets of Back Squat')
        wait_for(lambda: self.sets_of(self.world.coach, 'Romanian Deadlift') == PULLS, 'the sets of the deadlift')
        self.say('The coach writes "Lower A" for today.', 'screen: ' + app.wait_text('3 sets of 5 · 100 kg · RPE 8'),
                 'store: Back Squat (pause) w 2×5 60, 3×5 100 @8; Romanian Deadlift 3×8 80')
        self.picture(app, 'coach-plan')

    def choose_exercise(self, app, name):
        app.wait_focused(None, 'Search exercises')
        app.type_text(name)
        app.find(None, name)
        app.press('Return')

    def choose_variant(self, app, variant):
        search = app.wait_focused(None, 'Search variants')
        if variant:
            app.type_text(variant)
            app.press('Return')
            wait_for(lambda: app.text(search) == '', f'variant {variant} to be taken')
        app.press('Return')
        app.wait_gone('window', 'Variants')

    def add_exercise(self, name, sets, variant=None):
        self.coach.press('ctrl+e')
        self.choose_exercise(self.coach, name)
        self.choose_variant(self.coach, variant)
        self.coach.wait_focused('text', f'Sets of {name}')
        self.coach.type_text(sets)
        self.coach.press('Return')

    def sets_of(self, computer, exercise):
        line = next((row for row in computer.rows('ExercisePlan', trainingPlanId=self.plan)
                     if row['exerciseId'] == self.world.exercise(exercise)), None)
        rows = computer.rows('SetPlan', exercisePlanId=line['id']) if line else []
        return [(row['kind'], row['targetReps'], row['targetWeight'], row['targetRpe'])
                for row in sorted(rows, key=lambda row: row['setNumber'])]

    def coach_publishes(self):
        self.coach.click(self.coach.find('button', 'Publish'))
        self.coach.wait_text('Published')
        self.coach.click(self.coach.find('button', 'Sync Now'))
        wait_for(lambda: self.world.server_row('training_plan', self.plan, 'status') == 'published', 'the plan there')
        wait_for(lambda: self.world.coach.status()['pending'] == 0, 'nothing waiting')
        self.say('The coach publishes it, and it is synced.', 'screen: ' + self.coach.wait_text('Synced'),
                 'store: nothing waits', 'server: the plan is published')

    # The athlete trains.

    def athlete_sees_it(self):
        self.athlete = self.open('athlete', 'liftlogger-athlete', self.world.athlete)
        self.sign_in(self.athlete, ATHLETE)
        self.athlete.wait_text('Lower A', timeout=30)
        assert self.sets_of(self.world.athlete, 'Back Squat') == LOADS
        self.say("The athlete's app signs in and shows it.", 'screen: Lower A, ' +
                 self.athlete.wait_text('Romanian Deadlift'), 'store: five sets of Back Squat with their targets')
        self.picture(self.athlete, 'athlete-today')

    def network_ends(self):
        self.world.stop_server()
        self.say('The server is stopped.', f'server: nothing answers on {self.world.url}')

    def athlete_logs(self):
        app = self.athlete
        app.click(app.find('button', 'Start Session'))
        app.wait_focused('text', 'Load set 1 Back Squat')
        for number in (1, 2, 3):
            app.press('Return')
            self.wait_done('Back Squat', number)
        app.wait_focused('text', 'Load set 4 Back Squat')
        app.press('ctrl+a')
        app.type_text('102.5')
        app.set_text(app.find('text', 'RPE set 4 Back Squat'), '8.5')
        app.press('Return')
        self.wait_done('Back Squat', 4)
        app.press('Return')
        self.wait_done('Back Squat', 5)
        for number in (1, 2, 3):
            app.wait_focused('text', f'Load set {number} Romanian Deadlift')
            app.press('Return')
            self.wait_done('Romanian Deadlift', number)
        assert self.done_sets('Back Squat')[3] == (5, 102.5, 8.5), self.done_sets('Back Squat')
        assert self.world.athlete.status()['pending'] > 0
        self.say('The athlete logs all sets without a network.', 'screen: ' + app.wait_text(WAITING),
                 'store: eight sets done, the fourth of Back Squat 102.5 × 5 @8.5')
        self.picture(app, 'athlete-logging')

    def wait_done(self, exercise, number):
        wait_for(lambda: len([row for row in self.done_rows(exercise) if row['completedAt']]) >= number,
                 f'set {number} of {exercise} in the store')

    def done_rows(self, exercise):
        lines = [row for row in self.world.athlete.rows('ExerciseSession')
                 if row['exerciseId'] == self.world.exercise(exercise)
                 and self.world.athlete.get('TrainingSession', row['trainingSessionId'])['sessionDate'] == self.today]
        rows = self.world.athlete.rows('SetSession', exerciseSessionId=lines[0]['id']) if lines else []
        return sorted(rows, key=lambda row: row['setNumber'])

    def done_sets(self, exercise):
        return [(row['actualReps'], row['actualWeight'], row['actualRpe']) for row in self.done_rows(exercise)
                if row['completedAt']]

    def athlete_adds_more(self):
        app = self.athlete
        app.press('ctrl+e')
        self.choose_exercise(app, 'Leg Curl')
        app.set_text(app.find('text', 'Load set 1 Leg Curl'), '35')
        app.set_text(app.find('text', 'Reps set 1 Leg Curl'), '12')
        app.press('Return')
        self.wait_done('Leg Curl', 1)
        weight = app.find('text', 'Body weight (kg)')
        app.set_text(weight, '59.4')
        wait_for(lambda: self.world.athlete.one('BodyWeightEntry', measurementDate=self.today), 'the body weight')
        assert self.world.athlete.one('BodyWeightEntry', measurementDate=self.today)['weight'] == 59.4
        self.say('An unplanned exercise and body weight are added.', 'store: Leg Curl 12 × 35, 59.4 kg')

    def power_fails(self):
        before = [self.done_sets(name) for name in ('Back Squat', 'Romanian Deadlift', 'Leg Curl')]
        self.athlete.kill()
        self.athlete = self.open('athlete', 'liftlogger-athlete', self.world.athlete)
        self.athlete.find('text', 'Load set 4 Back Squat')
        shown = self.athlete.text(self.athlete.find('text', 'Load set 4 Back Squat'))
        assert shown == '102.5', shown
        assert [self.done_sets(name) for name in ('Back Squat', 'Romanian Deadlift', 'Leg Curl')] == before
        self.say("kill -9 of the athlete's app, and it is started again.",
                 f'screen: the session is open, with {shown} in set 4', 'store: every set is there')
        self.picture(self.athlete, 'athlete-after-kill')

    def athlete_finishes(self):
        self.athlete.click(self.athlete.find('button', 'Finish'))
        session = wait_for(lambda: self.world.athlete.one('TrainingSession', sessionDate=self.today,
                                                          status='completed'), 'the finished session')
        self.session = session['id']
        self.say('The session is finished.', 'store: completed, ' +
                 f'{self.world.athlete.status()["pending"]} changes wait')

    # Both see it.

    def network_returns(self):
        self.world.start_server()
        self.athlete.click(self.athlete.find('button', 'Sync Now'))
        wait_for(lambda: self.world.athlete.status()['pending'] == 0, 'nothing waiting', timeout=30)
        assert self.world.server_row('training_session', self.session, 'status') == 'completed'
        self.say('The server is back, and one press syncs.', 'screen: ' + self.athlete.wait_text('Synced'),
                 'store: nothing waits', 'server: the session is there, completed')
        self.picture(self.athlete, 'athlete-synced')

    def coach_sees_it(self):
        app = self.coach
        app.click(app.find('button', 'Sync Now'))
        wait_for(lambda: self.world.coach.rows('TrainingSession', trainingPlanId=self.plan), 'the session', timeout=30)
        deviation = app.wait_text('102.5')
        unplanned = app.wait_text('Leg Curl')
        weight = app.wait_text('59.4')
        self.say("The coach's app shows done beside planned.", f'screen: {deviation}', f'screen: {unplanned}',
                 f'screen: {weight}', 'store: the session and its sets are there')
        self.picture(app, 'coach-done')

    def run(self):
        self.world.make()
        for step in (self.coach_signs_in, self.coach_writes_the_plan, self.coach_publishes, self.athlete_sees_it,
                     self.network_ends, self.athlete_logs, self.athlete_adds_more, self.power_fails,
                     self.athlete_finishes, self.network_returns, self.coach_sees_it):
            step()
        for app in (self.athlete, self.coach):
            assert app.close() == 0, f'{app.label} did not end well'
        print(f'Verified: all {self.steps} steps, on the screen, in the store and on the server.')


def main():
    output = os.environ.get('LIFT_DEMO_OUTPUT') or tempfile.mkdtemp(prefix='liftlogger-demo-')
    os.makedirs(output, exist_ok=True)
    for name in os.listdir(output):
        if name.endswith(('.png', '.log')):
            os.remove(os.path.join(output, name))
    folder = tempfile.mkdtemp(prefix='liftlogger-world-')
    job = MainJob(folder, output)
    try:
        job.run()
        return 0
    except Exception:
        for app in (job.coach, job.athlete):
            if app is not None and app.is_running():
                job.picture(app, 'failed-' + app.label)
                print(app.describe())
        raise
    finally:
        for app in (job.coach, job.athlete):
            if app is not None and app.is_running():
                app.kill()
        job.world.stop_server()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
