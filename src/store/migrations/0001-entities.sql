-- SPDX-FileCopyrightText: 2026 The LiftLogger authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A table for each entity type, a column for each line of its field table. Columns may be null even
-- where a value is required: what a server sends is kept as it is. Instants are microseconds since
-- 1970 UTC. pending, base and extra are JSON objects, see LiftEntity.

CREATE TABLE coach (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  user_id TEXT,
  display_name TEXT,
  organisation TEXT,
  bio TEXT,
  default_rest_seconds INTEGER,
  one_rep_max_formula TEXT
) STRICT;
CREATE INDEX coach_updated ON coach (updated_at);
CREATE INDEX coach_pending ON coach (id) WHERE pending IS NOT NULL;
CREATE INDEX coach_user ON coach (user_id);

CREATE TABLE user (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  email TEXT,
  name TEXT,
  role TEXT,
  coach_id TEXT,
  locale TEXT,
  time_zone TEXT,
  unit TEXT,
  first_day_of_week INTEGER
) STRICT;
CREATE INDEX user_updated ON user (updated_at);
CREATE INDEX user_pending ON user (id) WHERE pending IS NOT NULL;
CREATE INDEX user_coach ON user (coach_id);

CREATE TABLE athlete (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  user_id TEXT,
  coach_id TEXT,
  display_name TEXT,
  sex TEXT,
  birth_date TEXT,
  height_cm REAL,
  unit TEXT,
  bar_weight REAL,
  plates TEXT,
  rounding REAL,
  status TEXT,
  body_weight_goal REAL,
  coach_note TEXT
) STRICT;
CREATE INDEX athlete_updated ON athlete (updated_at);
CREATE INDEX athlete_pending ON athlete (id) WHERE pending IS NOT NULL;
CREATE INDEX athlete_user ON athlete (user_id);
CREATE INDEX athlete_coach ON athlete (coach_id);

CREATE TABLE exercise (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  coach_id TEXT,
  athlete_id TEXT,
  name TEXT,
  description TEXT,
  category TEXT,
  aliases TEXT,
  primary_muscles TEXT,
  secondary_muscles TEXT,
  equipment TEXT,
  tracking TEXT,
  body_weight_factor REAL,
  is_unilateral INTEGER,
  default_rest_seconds INTEGER,
  video_url TEXT,
  archived_at INTEGER
) STRICT;
CREATE INDEX exercise_updated ON exercise (updated_at);
CREATE INDEX exercise_pending ON exercise (id) WHERE pending IS NOT NULL;
CREATE INDEX exercise_coach ON exercise (coach_id);
CREATE INDEX exercise_athlete ON exercise (athlete_id);

CREATE TABLE variant (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  coach_id TEXT,
  name TEXT,
  description TEXT,
  exercise_id TEXT,
  kind TEXT,
  load_factor REAL
) STRICT;
CREATE INDEX variant_updated ON variant (updated_at);
CREATE INDEX variant_pending ON variant (id) WHERE pending IS NOT NULL;
CREATE INDEX variant_coach ON variant (coach_id);
CREATE INDEX variant_exercise ON variant (exercise_id);

CREATE TABLE training_plan (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  name TEXT,
  date TEXT,
  is_locked INTEGER,
  status TEXT,
  order_in_day INTEGER,
  kind TEXT,
  notes TEXT
) STRICT;
CREATE INDEX training_plan_updated ON training_plan (updated_at);
CREATE INDEX training_plan_pending ON training_plan (id) WHERE pending IS NOT NULL;
CREATE INDEX training_plan_athlete ON training_plan (athlete_id, date);

CREATE TABLE exercise_plan (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  training_plan_id TEXT,
  exercise_id TEXT,
  order_index INTEGER,
  notes TEXT,
  group_key TEXT,
  rest_seconds INTEGER
) STRICT;
CREATE INDEX exercise_plan_updated ON exercise_plan (updated_at);
CREATE INDEX exercise_plan_pending ON exercise_plan (id) WHERE pending IS NOT NULL;
CREATE INDEX exercise_plan_athlete ON exercise_plan (athlete_id);
CREATE INDEX exercise_plan_training_plan ON exercise_plan (training_plan_id);
CREATE INDEX exercise_plan_exercise ON exercise_plan (exercise_id);

CREATE TABLE set_plan (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  exercise_plan_id TEXT,
  set_number INTEGER,
  target_reps INTEGER,
  target_weight REAL,
  target_rpe REAL,
  notes TEXT,
  kind TEXT,
  target_reps_max INTEGER,
  target_weight_unit TEXT,
  target_percent REAL,
  target_rir REAL,
  tempo TEXT,
  target_duration_seconds INTEGER,
  target_distance REAL,
  rest_seconds INTEGER,
  side TEXT,
  is_optional INTEGER
) STRICT;
CREATE INDEX set_plan_updated ON set_plan (updated_at);
CREATE INDEX set_plan_pending ON set_plan (id) WHERE pending IS NOT NULL;
CREATE INDEX set_plan_athlete ON set_plan (athlete_id);
CREATE INDEX set_plan_exercise_plan ON set_plan (exercise_plan_id);

CREATE TABLE exercise_plan_variant (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  exercise_plan_id TEXT,
  variant_id TEXT
) STRICT;
CREATE INDEX exercise_plan_variant_updated ON exercise_plan_variant (updated_at);
CREATE INDEX exercise_plan_variant_pending ON exercise_plan_variant (id) WHERE pending IS NOT NULL;
CREATE INDEX exercise_plan_variant_athlete ON exercise_plan_variant (athlete_id);
CREATE INDEX exercise_plan_variant_exercise_plan ON exercise_plan_variant (exercise_plan_id);
CREATE INDEX exercise_plan_variant_variant ON exercise_plan_variant (variant_id);

CREATE TABLE training_session (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  training_plan_id TEXT,
  session_date TEXT,
  notes TEXT,
  name TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  status TEXT,
  body_weight REAL,
  session_rpe REAL,
  source TEXT,
  source_key TEXT
) STRICT;
CREATE INDEX training_session_updated ON training_session (updated_at);
CREATE INDEX training_session_pending ON training_session (id) WHERE pending IS NOT NULL;
CREATE INDEX training_session_athlete ON training_session (athlete_id, session_date);
CREATE INDEX training_session_training_plan ON training_session (training_plan_id);
CREATE INDEX training_session_source ON training_session (athlete_id, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE exercise_session (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  training_session_id TEXT,
  exercise_plan_id TEXT,
  exercise_id TEXT,
  order_index INTEGER,
  notes TEXT,
  exercise_name_snapshot TEXT,
  group_key TEXT,
  status TEXT,
  skip_reason TEXT
) STRICT;
CREATE INDEX exercise_session_updated ON exercise_session (updated_at);
CREATE INDEX exercise_session_pending ON exercise_session (id) WHERE pending IS NOT NULL;
CREATE INDEX exercise_session_athlete ON exercise_session (athlete_id);
CREATE INDEX exercise_session_training_session ON exercise_session (training_session_id);
CREATE INDEX exercise_session_exercise_plan ON exercise_session (exercise_plan_id);
CREATE INDEX exercise_session_exercise ON exercise_session (exercise_id);

CREATE TABLE set_session (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  exercise_session_id TEXT,
  set_plan_id TEXT,
  set_number INTEGER,
  actual_reps INTEGER,
  actual_weight REAL,
  actual_rpe REAL,
  notes TEXT,
  kind TEXT,
  side TEXT,
  actual_weight_unit TEXT,
  actual_rir REAL,
  duration_seconds INTEGER,
  distance REAL,
  rest_taken_seconds INTEGER,
  completed_at INTEGER,
  target_reps INTEGER,
  target_reps_max INTEGER,
  target_weight REAL,
  target_rpe REAL
) STRICT;
CREATE INDEX set_session_updated ON set_session (updated_at);
CREATE INDEX set_session_pending ON set_session (id) WHERE pending IS NOT NULL;
CREATE INDEX set_session_athlete ON set_session (athlete_id);
CREATE INDEX set_session_exercise_session ON set_session (exercise_session_id);
CREATE INDEX set_session_set_plan ON set_session (set_plan_id);

CREATE TABLE exercise_session_variant (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  exercise_session_id TEXT,
  variant_id TEXT
) STRICT;
CREATE INDEX exercise_session_variant_updated ON exercise_session_variant (updated_at);
CREATE INDEX exercise_session_variant_pending ON exercise_session_variant (id) WHERE pending IS NOT NULL;
CREATE INDEX exercise_session_variant_athlete ON exercise_session_variant (athlete_id);
CREATE INDEX exercise_session_variant_exercise_session ON exercise_session_variant (exercise_session_id);
CREATE INDEX exercise_session_variant_variant ON exercise_session_variant (variant_id);

CREATE TABLE body_weight_entry (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER,
  updated_at INTEGER,
  version INTEGER,
  deleted_at INTEGER,
  created_by TEXT,
  updated_by TEXT,
  last_synced_at INTEGER,
  pending TEXT,
  base TEXT,
  extra TEXT,
  athlete_id TEXT,
  weight REAL,
  measurement_date TEXT,
  notes TEXT,
  measured_at INTEGER,
  weight_unit TEXT,
  body_fat_percent REAL,
  source TEXT
) STRICT;
CREATE INDEX body_weight_entry_updated ON body_weight_entry (updated_at);
CREATE INDEX body_weight_entry_pending ON body_weight_entry (id) WHERE pending IS NOT NULL;
CREATE INDEX body_weight_entry_athlete ON body_weight_entry (athlete_id, measurement_date);
