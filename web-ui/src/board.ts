// The state of one cohort's page: its board, who is being carried, and what was said about it.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Board, EditOrder, SessionInfo, Verdicts } from './types';

export interface Carried {
  user_id: number;
  name: string;
  role: 'participant' | 'facilitator';
  byKeyboard: boolean;
}

export interface BoardContext {
  session: SessionInfo;
  board: Board;
  zone: string;
  canEdit: boolean;
  /** Asked, not watched: a thousand chips need not be drawn again when one is picked up. */
  carrying: () => boolean;
  preload: (person: number) => void;
  pickUp: (person: Carried) => void;
  putDown: (group: number | null) => void;
  change: (order: EditOrder) => Promise<boolean>;
  openPerson: (person: number) => void;
  openGroup: (group: number) => void;
}

export const Context = createContext<BoardContext | null>(null);

export function useBoard(): BoardContext {
  const context = useContext(Context);
  if (!context) throw new Error('used outside a board');
  return context;
}

/** Everybody on the board, by id. */
export function peopleOf(board: Board): Map<number, { name: string; role: 'participant' | 'facilitator' }> {
  const people = new Map<number, { name: string; role: 'participant' | 'facilitator' }>();
  for (const person of board.waiting) people.set(person.user_id, person);
  for (const group of board.groups) for (const member of group.members) people.set(member.user_id, member);
  return people;
}

/** What is different between two looks at a cohort, in sentences. */
export function differences(before: Board, after: Board): string[] {
  const told: string[] = [];
  const places = (board: Board) => {
    const where = new Map<number, { name: string; groups: string[] }>();
    for (const group of board.groups) {
      for (const member of group.members) {
        const entry = where.get(member.user_id) ?? { name: member.name, groups: [] };
        entry.groups.push(group.group_name);
        where.set(member.user_id, entry);
      }
    }
    return where;
  };
  const were = places(before);
  const are = places(after);
  for (const [user, now] of are) {
    const was = were.get(user)?.groups.join(', ') ?? 'no group';
    if (was !== now.groups.join(', ')) told.push(`${now.name}: ${was} → ${now.groups.join(', ')}`);
  }
  for (const [user, was] of were) if (!are.has(user)) told.push(`${was.name}: ${was.groups.join(', ')} → no group`);
  for (const group of after.groups) {
    const old = before.groups.find((candidate) => candidate.group_id === group.group_id);
    if (!old) told.push(`${group.group_name} is new`);
    else if (old.group_name !== group.group_name) told.push(`${old.group_name} is called ${group.group_name}`);
    else if (old.meeting_time_utc !== group.meeting_time_utc)
      told.push(`${group.group_name}: ${old.meeting_time_utc} → ${group.meeting_time_utc} UTC`);
    else if (old.meetings.some((meeting, index) => meeting.start !== group.meetings[index]?.start)) told.push(`${group.group_name}: single meetings have moved`);
    else if (old.pinned !== group.pinned) told.push(`${group.group_name} is ${group.pinned ? 'pinned' : 'no longer pinned'}`);
  }
  for (const old of before.groups)
    if (!after.groups.some((group) => group.group_id === old.group_id)) told.push(`${old.group_name} is gone`);
  return told;
}

/** Verdicts by person, asked for once per version. */
export class VerdictTable {
  private known = new Map<number, Verdicts>();
  private asked = new Map<number, Promise<Verdicts | undefined>>();

  constructor(
    readonly version: string,
    private readonly fetch: (person: number) => Promise<Verdicts>,
  ) {}

  get(person: number): Verdicts | undefined {
    return this.known.get(person);
  }

  load(person: number): Promise<Verdicts | undefined> {
    let promise = this.asked.get(person);
    if (!promise) {
      promise = this.fetch(person).then(
        (verdicts) => {
          this.known.set(person, verdicts);
          return verdicts;
        },
        () => {
          this.asked.delete(person);
          return undefined;
        },
      );
      this.asked.set(person, promise);
    }
    return promise;
  }
}
