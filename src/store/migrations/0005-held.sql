-- SPDX-FileCopyrightText: 2026 The LiftLogger authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A server that does not know a field leaves it aside: what of a row only this computer has.

ALTER TABLE coach ADD COLUMN held TEXT;
ALTER TABLE user ADD COLUMN held TEXT;
ALTER TABLE athlete ADD COLUMN held TEXT;
ALTER TABLE exercise ADD COLUMN held TEXT;
ALTER TABLE variant ADD COLUMN held TEXT;
ALTER TABLE training_plan ADD COLUMN held TEXT;
ALTER TABLE exercise_plan ADD COLUMN held TEXT;
ALTER TABLE set_plan ADD COLUMN held TEXT;
ALTER TABLE exercise_plan_variant ADD COLUMN held TEXT;
ALTER TABLE training_session ADD COLUMN held TEXT;
ALTER TABLE exercise_session ADD COLUMN held TEXT;
ALTER TABLE set_session ADD COLUMN held TEXT;
ALTER TABLE exercise_session_variant ADD COLUMN held TEXT;
ALTER TABLE body_weight_entry ADD COLUMN held TEXT;
