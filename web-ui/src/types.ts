// What the API says; src/web/api/openapi.json is the reference.

export type Role = 'participant' | 'facilitator';

export interface SessionInfo {
  logged_in: boolean;
  user?: string;
  csrf?: string;
  read_only?: boolean;
  cohort_id?: number | null;
  login_needed: boolean;
  discord_login: boolean;
  can_publish?: boolean;
  /** Publishing goes to a look-alike of Discord. */
  rehearsal?: boolean;
}

export interface CohortSummary {
  cohort_id: number;
  cohort_name: string;
  course_name: string;
  cohort_start_date: string;
  status: string;
  awaiting: number;
  grouped: number;
  ungroupable: number;
  groups: number;
  realized: number;
}

export interface Spell {
  from: string;
  first_meeting: number;
  local: string;
}

export interface Member {
  user_id: number;
  name: string;
  role: Role;
  timezone: string;
  fixed_offset: boolean;
  pinned: boolean;
  if_needed: boolean;
  local_times: Spell[];
  outside: number[];
  problem?: string;
}

export interface Meeting {
  start: string;
  was_rescheduled: boolean;
  outside: number[];
}

export interface Group {
  group_id: number;
  group_name: string;
  status: string;
  meeting_time_utc: string;
  anchor: string;
  anchor_start: string;
  pinned: boolean;
  realized: boolean;
  size: number;
  members: Member[];
  meetings: Meeting[];
  violations: string[];
}

export interface Score {
  placed: number;
  if_needed: number;
  size_distance: number;
}

export interface Waiting {
  user_id: number;
  name: string;
  role: Role;
  grouping_status: string;
}

export interface SetAside {
  user_id: number;
  name: string;
  reason: string;
  message: string;
}

export interface Board {
  cohort_id: number;
  cohort_name: string;
  course_name: string;
  cohort_start_date: string;
  number_of_group_meetings: number;
  meeting_minutes: number;
  anchor: string;
  rules: {
    min_size: number;
    max_size: number;
    target_size: number;
    use_if_needed: boolean;
    count_facilitator: boolean;
  };
  version: string;
  participants: number;
  score: Score;
  groups: Group[];
  waiting: Waiting[];
  set_aside: SetAside[];
  warnings: string[];
  last_edit_id?: number;
  undo?: string | null;
  redo?: string | null;
}

export interface Violation {
  rule: string;
  group: string;
  message: string;
}

export interface Verdict {
  group_id: number;
  here: boolean;
  violations: Violation[];
  if_needed: boolean;
  size: number;
  after: Score;
}

export interface Verdicts {
  version: string;
  user_id: number;
  role: Role;
  timezone: string;
  now: Score;
  groups: Verdict[];
}

export interface Cure {
  kind: string;
  person?: string;
  detail: string;
  places: number;
}

export interface Explanation {
  user_id: number;
  name: string;
  role: Role;
  standing: string;
  reason: string | null;
  detail?: string;
  cure?: Cure | null;
  letter?: string;
}

export interface Unplaced {
  version: string;
  people: Explanation[];
  cures: Cure[];
}

export interface Hours {
  clock: 'local' | 'utc';
  hours: Record<string, string[]> | string | null;
}

export interface PersonDetail {
  user_id: number;
  name: string;
  role: Role;
  timezone: string;
  email: string | null;
  discord_username: string | null;
  max_groups: number | null;
  available: Hours;
  if_needed: Hours;
  groups: number[];
  explanation: Explanation | null;
}

export interface Edit {
  edit_id: number;
  command: string;
  summary: string;
  author: string;
  made_at: string;
  forced: boolean;
  undone: boolean;
  undoes: number | null;
  run_id: number | null;
}

export type EditCommand = 'move' | 'remove' | 'lead' | 'retime' | 'postpone' | 'rename' | 'pin' | 'unpin' | 'undo' | 'redo';

export interface EditOrder {
  command: EditCommand;
  person?: number;
  group?: number;
  text?: string;
  /** postpone: number of the meeting, from 1. */
  week?: number;
  /** postpone: it and all later ones by so many weeks. */
  weeks?: number;
  /** postpone: that meeting alone, to this instant. */
  to?: string;
  force?: boolean;
}

export interface EditReply {
  status: 'done' | 'refused' | 'unchanged' | 'nothing_to_undo';
  summary: string;
  violations: Violation[];
  notes: string[];
  edit_id: number;
  version: string;
}

export interface Starts {
  version: string;
  anchor: string;
  pinned: boolean;
  starts: { start: string; first_meeting: string; if_needed: number }[];
}

export interface Heat {
  version: string;
  zone: string;
  cells: [number, number, number, number][];
}

export interface FreePeople {
  start: string;
  people: { user_id: number; name: string; role: Role; if_needed: boolean }[];
}

export interface Objective {
  placed: number;
  if_needed: number;
}

export interface SolveEvent {
  type: 'progress' | 'done' | 'failed';
  elapsed_ms: number;
  incumbent: Objective;
  bound: Objective;
  status?: string;
  plan_status?: string;
  plan_ids?: number[];
  message?: string;
}

export interface PlannedGroup {
  group_name: string;
  meeting_time_utc: string;
  first_meeting: string | null;
  size: number;
  members: { user_id: number; name: string; role: Role; if_needed: boolean }[];
}

export interface Plan {
  plan_id: number;
  stale: boolean;
  options: {
    min_size: number | null;
    max_size: number | null;
    use_if_needed: boolean | null;
    reform: boolean;
    seed: number;
    time_limit_seconds: number;
  };
  plan_status: string;
  objective: Objective;
  bound: Objective;
  placed: number;
  pending: number;
  elapsed_ms: number;
  dissolved: number;
  groups: PlannedGroup[];
  additions: PlannedGroup[];
  unassigned: { user_id: number; name: string; reason: string; detail: string }[];
  idle_facilitators: string[];
}

export interface Step {
  action: 'create' | 'grant' | 'withdraw' | 'update' | 'adopt' | 'delete';
  object: string;
  group: string;
  name: string;
  detail: string;
  changes?: { field: string; before: string; after: string }[];
}

export interface Note {
  kind: 'blocker' | 'shortfall' | 'drift' | 'info';
  message: string;
  mend: string;
}

export interface Realization {
  cohort_name: string;
  blocked: boolean;
  steps: Step[];
  notes: Note[];
}

export interface JobState {
  job: string;
  kind: string;
  finished: boolean;
}

export interface PublishEvent {
  type: 'progress' | 'done' | 'failed';
  done: number | Step[];
  total?: number;
  current?: string;
  /** How long it will still take, in words. */
  remaining?: string;
  status?: string;
  not_done?: Step[];
  notes?: Note[];
  homes?: { group: string; text_channel: string; voice_channel: string; next_event: string }[];
  failure?: string;
  message?: string;
}
