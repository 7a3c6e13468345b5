// What a group says to whoever is being carried.
import { useBoard } from '../board';
import { isZone, usualMeeting, weeklyTime, withLocalTimes } from '../time';
import type { Board, Group, Score, Verdict } from '../types';

/** The hard rules in two or three words; docs/model.md says them in full. */
const kRules: Record<string, string> = {
  R1: 'one facilitator per group',
  R2: 'size of the group',
  R3: 'outside their hours',
  R4: 'one group per participant',
  R5: 'leads enough groups already',
  R6: 'meetings would overlap',
  R7: 'belongs together',
  R8: 'to be kept apart',
  R9: 'pinned',
  R10: 'nobody may vanish',
};

/** `placed 54 → 55 · if needed 3`: what the objective becomes. */
function objectiveAfter(now: Score, after: Score): string {
  const from = (before: number, then: number) => (before === then ? `${then}` : `${before} → ${then}`);
  const parts = [`placed ${from(now.placed, after.placed)}`, `if needed ${from(now.if_needed, after.if_needed)}`];
  if (after.size_distance !== now.size_distance)
    parts.push(`sizes ${after.size_distance < now.size_distance ? 'more' : 'less'} even`);
  return parts.join(' · ');
}

export function kindOf(verdict: Verdict): 'here' | 'bad' | 'soft' | 'good' {
  if (verdict.here) return 'here';
  if (verdict.violations.length > 0) return 'bad';
  return verdict.if_needed ? 'soft' : 'good';
}

function headline(verdict: Verdict, board: Board): string {
  const kind = kindOf(verdict);
  if (kind === 'here') return 'is here now';
  if (kind === 'bad') {
    const rules = [...new Set(verdict.violations.map((violation) => violation.rule))];
    return rules.map((rule) => `${rule} ${kRules[rule] ?? ''}`).join(', ');
  }
  return `${kind === 'soft' ? 'fits, if needed' : 'fits'} · ${verdict.size} of ${board.rules.min_size}–${board.rules.max_size}`;
}

/** In a few words what the first broken rule means here; the judge's own sentence is in the title. */
function reason(verdict: Verdict, group: Group | undefined, timezone: string, zone: string): string {
  const [first] = verdict.violations;
  const meeting = group && usualMeeting(group);
  if (first.rule === 'R3' && meeting && first.group === group.group_name && isZone(timezone))
    return `${weeklyTime(meeting.start, timezone)} on their clock (${timezone.replace(/_/g, ' ')})`;
  return withLocalTimes(first.message, zone);
}

interface Props {
  verdict: Verdict;
  board: Board;
  /** Of whoever is judged. */
  timezone: string;
}

export function VerdictLine({ verdict, board, timezone }: Props) {
  const { zone } = useBoard();
  const group = board.groups.find((candidate) => candidate.group_id === verdict.group_id);
  const kind = kindOf(verdict);
  const sign = { here: '•', bad: '✕', soft: '◐', good: '✓' }[kind];
  const more = verdict.violations.length - 1;
  const whole = verdict.violations.map((violation) => violation.message).join('\n');
  return (
    <div class={`verdict ${kind}`} data-verdict={kind} title={whole || undefined}>
      <p>
        <span aria-hidden="true">{sign}</span> <strong>{headline(verdict, board)}</strong>
      </p>
      {kind === 'bad' && (
        <p class="why">
          {reason(verdict, group, timezone, zone)}
          {more > 0 && ` (and ${more} more)`}
        </p>
      )}
      {kind !== 'here' && <p class="then">{objectiveAfter(board.score, verdict.after)}</p>}
    </div>
  );
}
