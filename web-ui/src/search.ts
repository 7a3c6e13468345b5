// Finding people and groups among many: what is looked for, which groups show it, and in which order.
import { localMinute, usualMeeting } from './time';
import type { Board, Group } from './types';

export type Show = 'all' | 'problems' | 'free' | 'if-needed' | 'pinned';
export type Order = 'time' | 'name' | 'size';

export const kShows: Record<Show, string> = {
  all: 'All groups',
  problems: 'With problems',
  free: 'With free seats',
  'if-needed': 'With if-needed hours',
  pinned: 'Pinned',
};
export const kOrders: Record<Order, string> = { time: 'by time', name: 'by name', size: 'by size' };

/** Without accents and capitals: José is found by jose. */
export const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const finds = (text: string, search: string) => folded(text).includes(search);

function shows(group: Group, board: Board, show: Show): boolean {
  switch (show) {
    case 'problems':
      return group.violations.length > 0 || group.meetings.some((meeting) => meeting.outside.length > 0) || group.members.some((member) => member.problem);
    case 'free':
      return group.size < board.rules.max_size;
    case 'if-needed':
      return group.members.some((member) => member.if_needed);
    case 'pinned':
      return group.pinned || group.members.some((member) => member.pinned);
    default:
      return true;
  }
}

/** \param search  folded; a group is shown when its name or a member's has it */
export function chosenGroups(board: Board, search: string, show: Show, order: Order, zone: string): Group[] {
  const chosen = board.groups.filter(
    (group) =>
      shows(group, board, show) &&
      (search === '' || finds(group.group_name, search) || group.members.some((member) => finds(member.name, search))),
  );
  const names = new Intl.Collator(undefined, { numeric: true });
  const byName = (a: Group, b: Group) => names.compare(a.group_name, b.group_name);
  if (order === 'name') return chosen.sort(byName);
  if (order === 'size') return chosen.sort((a, b) => a.size - b.size || byName(a, b));
  const minuteOf = (group: Group) => {
    const meeting = usualMeeting(group);
    return meeting ? localMinute(meeting.start, zone) : Infinity;
  };
  const at = new Map(chosen.map((group) => [group, minuteOf(group)]));
  return chosen.sort((a, b) => at.get(a)! - at.get(b)! || byName(a, b));
}
