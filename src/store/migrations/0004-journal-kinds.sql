-- SPDX-FileCopyrightText: 2026 The LiftLogger authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The journal tells more than lost values: what an entry is about, and which ones were written by
-- one deed of the user and go together.

ALTER TABLE conflict ADD COLUMN kind TEXT NOT NULL DEFAULT 'conflict';
ALTER TABLE conflict ADD COLUMN deed INTEGER;
UPDATE conflict SET kind = 'setAside' WHERE field = '*';
CREATE INDEX conflict_deed ON conflict (deed) WHERE deed IS NOT NULL;
