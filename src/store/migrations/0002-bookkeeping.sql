-- SPDX-FileCopyrightText: 2026 The LiftLogger authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What only this computer knows: none of it ever travels.

-- Small durable values: cursor, device id, last edit, last mutation.
CREATE TABLE fact (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT
) STRICT;

-- The batch that is under way: the exact rows as sent, so that a lost answer is asked for again.
CREATE TABLE flight (
  mutation INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  sent TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Rows that the server refused. Without next_retry_at they wait for an edit or for the user.
CREATE TABLE failure (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  faults TEXT NOT NULL,
  retry_count INTEGER NOT NULL,
  next_retry_at INTEGER,
  PRIMARY KEY (type, id)
) STRICT;

-- Values that lost against another device's, until somebody has looked at them.
CREATE TABLE conflict (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  field TEXT NOT NULL,
  mine TEXT,
  theirs TEXT,
  by_user TEXT,
  version INTEGER,
  restored INTEGER NOT NULL DEFAULT 0,
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX conflict_open ON conflict (number) WHERE restored = 0 AND dismissed = 0;

-- Rows from the server that this version cannot read; the next version tries again.
CREATE TABLE parked (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (type, id)
) STRICT;
