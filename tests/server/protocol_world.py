# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people and rows that the tests of the protocol share, on one real server."""
import atexit

from base_client import PASSWORD, FullClient, Server, exercise_plan, plan, set_plan

DELETED = {'deletedAt': '2020-01-01T00:00:00Z'}
BACK = {'deletedAt': None}


class World:
    """Anna coaches Carl and Cora, Bert coaches Dora; all on one server."""

    def __init__(self):
        self.server = Server('--open-registration').start()
        atexit.register(self.server.__exit__)
        self.anna, self.bert = self.join('anna', 'coach'), self.join('bert', 'coach')
        self.carl = self.join('carl', 'athlete', self.anna)
        self.cora = self.join('cora', 'athlete', self.anna)
        self.dora = self.join('dora', 'athlete', self.bert)
        page = self.anna.pull_page(entityTypes='Exercise', limit=1)
        self.catalogue = page['changesByType']['Exercise'][0]
        self.exercise = self.catalogue['id']

    def join(self, name, kind, coach=None):
        client = FullClient(self.server)
        body = {'username': name, 'password': PASSWORD, 'name': name.title(), 'userType': kind}
        if coach is not None:
            body['inviteCode'] = coach.call('POST', '/api/v1/invites', {})['inviteCode']
        client.account = client.call('POST', '/api/v1/auth/register', body)
        client.token = client.account['token']
        return client

    def tree(self, sets=2, **fields):
        """A plan of Carl's with an exercise and sets, made by Anna."""
        top = plan(self.carl.athlete_id, **fields)
        middle = exercise_plan(top, self.exercise)
        leaves = [set_plan(middle, setNumber=i + 1) for i in range(sets)]
        self.anna.push(('TrainingPlan', top), ('ExercisePlan', middle),
                       *[('SetPlan', leaf) for leaf in leaves]).all_good()
        return top, middle, leaves


def world(made=[]):
    if not made:
        made.append(World())
    return made[0]


def again(client, kind=FullClient):
    """The same sign-in on another device that has nothing yet."""
    other = kind(client.server)
    other.token, other.account = client.token, client.account
    return other


def live(client, *rows):
    """Which of the rows are there and not deleted."""
    fresh = again(client)
    fresh.pull(limit=500)
    by_id = {key[1]: row for key, row in fresh.rows.items()}
    return [row['id'] in by_id and by_id[row['id']]['deletedAt'] is None for row in rows]
