-- SPDX-FileCopyrightText: 2026 The LiftLogger authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Each acknowledged row looks for its entries in the journal.

CREATE INDEX conflict_row ON conflict (type, id, field);
