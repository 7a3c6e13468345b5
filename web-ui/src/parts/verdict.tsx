// What a group says to whoever is being carried.
import type { Board, Score, Verdict } from '../types';

/** `placed 54 (+1)`: what the objective becomes, best news first. */
export function objectiveAfter(now: Score, after: Score): string {
  const parts: string[] = [];
  const signed = (difference: number) => (difference > 0 ? `+${difference}` : `−${-difference}`);
  if (after.placed !== now.placed) parts.push(`placed ${after.placed} (${signed(after.placed - now.placed)})`);
  if (after.if_needed !== now.if_needed) parts.push(`if needed ${after.if_needed} (${signed(after.if_needed - now.if_needed)})`);
  if (after.size_distance !== now.size_distance)
    parts.push(`sizes ${after.size_distance < now.size_distance ? 'more' : 'less'} even`);
  return parts.length > 0 ? parts.join(' · ') : 'objective unchanged';
}

export function sentence(verdict: Verdict, board: Board): string {
  if (verdict.here) return 'is here now';
  if (verdict.violations.length > 0) {
    const [first, ...more] = verdict.violations;
    return `${first.rule}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
  }
  return `fits${verdict.if_needed ? ', if needed' : ''} · ${verdict.size} of ${board.rules.min_size}–${board.rules.max_size} · ${objectiveAfter(board.score, verdict.after)}`;
}

export function kindOf(verdict: Verdict): 'here' | 'bad' | 'soft' | 'good' {
  if (verdict.here) return 'here';
  if (verdict.violations.length > 0) return 'bad';
  return verdict.if_needed ? 'soft' : 'good';
}

export function VerdictLine({ verdict, board }: { verdict: Verdict; board: Board }) {
  const kind = kindOf(verdict);
  const sign = { here: '•', bad: '✕', soft: '◐', good: '✓' }[kind];
  return (
    <p class={`verdict ${kind}`} data-verdict={kind}>
      <span aria-hidden="true">{sign}</span> {sentence(verdict, board)}
    </p>
  );
}
