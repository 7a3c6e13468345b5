// Who is in no group, why, and what would help.
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { kNoGroup } from '../drag';
import { finds } from '../search';
import type { Explanation, Unplaced, Waiting } from '../types';
import { Chip } from './chip';
import { DragContext } from './drag-context';

export const kReasonWords: Record<string, string> = {
  no_availability: 'No usable hours',
  no_facilitator_overlap: 'No facilitator at their hours',
  too_few_peers: 'Too few peers at their hours',
  facilitator_capacity: 'One more led group would do',
  rule_conflict: 'A together or apart rule',
  outcompeted: 'Would leave others out',
};

function Left({ person, found }: { person: Explanation; found: boolean }) {
  return (
    <li class="left-out">
      <Chip user_id={person.user_id} name={person.name} role={person.role} found={found} />
      <span class="reason">{kReasonWords[person.reason!]}</span>
      {person.detail && <p class="quiet">{person.detail}</p>}
      {person.cure && <p class="cure">{person.cure.detail}</p>}
    </li>
  );
}

function Chips({ title, people, search }: { title: string; people: Waiting[]; search: string }) {
  if (people.length === 0) return null;
  return (
    <>
      <h2>
        {title} <span class="count">{people.length}</span>
      </h2>
      <ul class="left-outs compact">
        {people.map((person) => (
          <li key={person.user_id}>
            <Chip user_id={person.user_id} name={person.name} role={person.role} found={search !== '' && finds(person.name, search)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** \param search  what is looked for, folded; whoever has it in their name comes first */
export function Sidebar({ hovered, search }: { hovered: boolean; search: string }) {
  const { board, canEdit } = useBoard();
  const drag = useContext(DragContext);
  const element = useRef<HTMLElement>(null);
  const [unplaced, setUnplaced] = useState<Unplaced | null>(null);
  useEffect(() => {
    let current = true;
    get<Unplaced>(`/cohorts/${board.cohort_id}/unplaced`).then((reply) => current && setUnplaced(reply), () => undefined);
    return () => {
      current = false;
    };
  }, [board.version]);
  useEffect(() => {
    if (!canEdit || !drag || !element.current) return undefined;
    return drag.droppable(element.current, kNoGroup);
  }, [canEdit, drag]);

  // Reasons take a moment longer than the board: until they are there, everybody just waits.
  const aside = new Set(board.set_aside.map((person) => person.user_id));
  const known = unplaced?.version === board.version ? unplaced : null;
  const hit = (person: { name: string }) => search !== '' && finds(person.name, search);
  const foundFirst = <P extends { name: string }>(people: P[]) => (search === '' ? people : [...people.filter(hit), ...people.filter((person) => !hit(person))]);
  const reasons = foundFirst(known?.people.filter((person) => person.reason) ?? []);
  const explained = new Set(reasons.map((person) => person.user_id));
  const rest = foundFirst(board.waiting).filter((person) => !explained.has(person.user_id) && !aside.has(person.user_id));
  const waiting = rest.filter((person) => person.role === 'participant');
  const facilitators = rest.filter((person) => person.role === 'facilitator');
  return (
    <aside ref={element} class={`sidebar ${hovered ? 'hovered' : ''}`} aria-label="People in no group">
      <header>
        <h2>
          In no group <span class="count">{reasons.length + waiting.length}</span>
        </h2>
        {canEdit && board.groups.length > 0 && <p class="quiet drop-hint">Drop somebody here to take them out.</p>}
      </header>
      {known && known.cures.length > 0 && board.groups.length > 0 && (
        <details class="cures">
          <summary>What would place most</summary>
          <ol>
            {known.cures.slice(0, 5).map((cure) => (
              <li key={cure.detail}>{cure.detail}</li>
            ))}
          </ol>
        </details>
      )}
      {reasons.length + waiting.length === 0 && <p class="quiet">Everybody is in a group.</p>}
      {reasons.length > 0 && (
        <ul class="left-outs">
          {reasons.map((person) => (
            <Left key={person.user_id} person={person} found={hit(person)} />
          ))}
        </ul>
      )}
      <Chips title={known || board.groups.length === 0 ? 'Waiting for a plan' : 'Looking for reasons…'} people={waiting} search={search} />
      <Chips title="Free facilitators" people={facilitators} search={search} />
      {canEdit && board.warnings.length > 0 && (
        <>
          <h2>Good to know</h2>
          <ul class="left-outs">
            {board.warnings.map((warning) => (
              <li key={warning} class="left-out quiet">
                {warning}
              </li>
            ))}
          </ul>
        </>
      )}
      {board.set_aside.length > 0 && (
        <>
          <h2>
            To mend <span class="count">{board.set_aside.length}</span>
          </h2>
          <ul class="left-outs">
            {board.set_aside.map((person) => (
              <li key={person.user_id} class="left-out">
                <strong>{person.name}</strong>
                <p class="quiet">{person.message}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
