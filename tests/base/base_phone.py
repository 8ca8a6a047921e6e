# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone with an app that knows only the parts marked [base], and keeps rows between syncs."""
import os
import sys

from base_server import FIELDS

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, '..', 'server'), os.path.join(HERE, '..', 'support')]

from base_client import EPOCH, BaseClient  # noqa: E402

OWN = ('updatedAt', 'version')


class Phone(BaseClient):
    """PULL, then PUSH. It goes on from `syncTimestamp`, in one of three ways:

    'types': pages each type by its newest updatedAt, then goes on from the first answer's time;
    'loop': asks from each answer's time on, while any type has more;
    'once': takes a page a sync.
    """

    def __init__(self, server, username=None, way='types', limit=None):
        self.rows, self.dirty, self.since = {}, set(), EPOCH
        self.way, self.query = way, {'limit': limit} if limit else {}
        self.came = 0
        super().__init__(server, username)

    def take(self, name, row):
        """Keeps what it knows of a row. A row that was changed here waits for its push."""
        if name in FIELDS and (name, row['id']) not in self.dirty:
            self.rows[name, row['id']] = {key: row.get(key) for key in FIELDS[name]}

    def page(self, **query):
        page = self.pull_page(**self.query, **query)
        for name, rows in page['changesByType'].items():
            newest = query['since']
            for row in rows:
                assert row['updatedAt'] > newest, f'{name} {row["id"]} comes out of order'
                newest = row['updatedAt']
                self.take(name, row)
                self.came += 1
        return page

    def follow_types(self):
        first = self.page(since=self.since)
        for name, stats in first['stats'].items():
            page, newest = first, self.since
            while page['stats'].get(name, {}).get('hasMore'):
                rows = page['changesByType'].get(name, [])
                newest = rows[-1]['updatedAt'] if rows else newest
                page = self.page(since=newest, entityTypes=name)
        self.since = first['syncTimestamp']

    def take_page(self):
        page = self.page(since=self.since)
        self.since = page['syncTimestamp']
        return any(stats['hasMore'] for stats in page['stats'].values())

    def pull_new(self):
        """Returns how many rows came."""
        self.came = 0
        if self.way == 'types':
            self.follow_types()
        elif self.take_page() and self.way == 'loop':
            while self.take_page():
                pass
        return self.came

    def edit(self, kind, row_id, /, **values):
        self.rows[kind, row_id].update(values)
        self.dirty.add((kind, row_id))

    def add(self, name, row):
        self.rows[name, row['id']] = {**dict.fromkeys(FIELDS[name]), **row, 'version': 1,
                                      'createdAt': '2026-02-01T00:00:00Z', 'updatedAt': '2026-02-01T00:00:00Z'}
        self.dirty.add((name, row['id']))
        return row['id']

    def delete(self, name, row_id):
        self.edit(name, row_id, deletedAt='2026-02-02T00:00:00Z')

    def push_new(self, limit=500):
        """Sends whole rows, in the order in which they lie about; returns the answer."""
        sent = sorted(self.dirty, key=lambda key: key[1][::-1])[:limit]
        if not sent:
            return None
        answer = self.push(*[(name, self.rows[name, row_id]) for name, row_id in sent])
        for key, item in answer.succeeded.items():
            self.dirty.discard(key)
            self.take(key[0], item['entity'])
        return answer

    def sync(self):
        """Returns how many rows came."""
        came = self.pull_new()
        while self.dirty:
            if self.push_new().failed:
                break
        return came

    def live(self):
        """Its living rows, without what the server alone writes."""
        return {key: {field: value for field, value in row.items() if field not in OWN + ('createdAt',)}
                for key, row in self.rows.items() if row['deletedAt'] is None}
