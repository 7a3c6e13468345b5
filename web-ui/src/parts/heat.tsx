// The cohort's week: how many people are free at each hour, and who.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { hourLabel, weekday } from '../time';
import type { FreePeople, Heat } from '../types';
import { Chip } from './chip';

type Layer = 'participants' | 'facilitators';
const kSteps = 6;

export function HeatMap() {
  const { board, zone, canEdit } = useBoard();
  const [heat, setHeat] = useState<Heat | null>(null);
  const [layer, setLayer] = useState<Layer>('participants');
  const [ifNeeded, setIfNeeded] = useState(true);
  const [chosen, setChosen] = useState<number | null>(null);
  const [free, setFree] = useState<FreePeople | null>(null);

  useEffect(() => {
    let current = true;
    get<Heat>(`/cohorts/${board.cohort_id}/heat?zone=${encodeURIComponent(zone)}`).then((reply) => current && setHeat(reply), () => undefined);
    return () => {
      current = false;
    };
  }, [board.version, zone]);

  const choose = (hour: number) => {
    setChosen(hour);
    setFree(null);
    if (canEdit)
      get<FreePeople>(`/cohorts/${board.cohort_id}/heat/${hour}?zone=${encodeURIComponent(zone)}`).then(setFree, () => undefined);
  };

  const counts = useMemo(() => {
    const base = layer === 'participants' ? 0 : 2;
    return heat?.cells.map((cell) => cell[base] + (ifNeeded ? cell[base + 1] : 0)) ?? [];
  }, [heat, layer, ifNeeded]);
  const most = Math.max(1, ...counts);
  const meetings = useMemo(() => meetingsByHour(board.groups.map((group) => group.meetings[0]?.start), zone), [board.groups, zone]);

  return (
    <section class="heat" aria-labelledby="heat-title">
      <header>
        <h2 id="heat-title">The cohort’s week</h2>
        <div class="segmented" role="group" aria-label="Layer">
          {(['participants', 'facilitators'] as const).map((name) => (
            <button key={name} class="small" aria-pressed={layer === name} onClick={() => setLayer(name)}>
              {name}
            </button>
          ))}
        </div>
        <label class="check">
          <input type="checkbox" checked={ifNeeded} onChange={(event) => setIfNeeded(event.currentTarget.checked)} /> if needed
        </label>
        <span class="quiet zone-name">{zone.replace(/_/g, ' ')}</span>
      </header>
      <div class="heat-scroll" tabIndex={0} role="region" aria-label="Hours of the week, from Monday to Sunday">
        <table class="heat-table">
          <thead>
            <tr>
              <td />
              {Array.from({ length: 24 }, (_, hour) => (
                <th key={hour} scope="col" class={hour % 3 === 0 ? '' : 'minor'}>
                  {hourLabel(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 7 }, (_, day) => (
              <tr key={day}>
                <th scope="row">{weekday(day)}</th>
                {Array.from({ length: 24 }, (_, hour) => {
                  const cell = day * 24 + hour;
                  const count = counts[cell] ?? 0;
                  const groups = meetings.get(cell) ?? 0;
                  const step = count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * kSteps));
                  return (
                    <td key={hour}>
                      <button
                        class={`heat-cell step-${step} ${chosen === cell ? 'chosen' : ''}`}
                        aria-label={`${weekday(day, 'long')} ${hourLabel(hour)}: ${count} ${layer}${groups > 0 ? `, ${groups} group${groups > 1 ? 's' : ''} meet` : ''}`}
                        tabIndex={cell === (chosen ?? 0) ? 0 : -1}
                        data-hour={cell}
                        onClick={() => choose(cell)}
                        onKeyDown={(event) => moveFocus(event, cell)}
                      >
                        {groups > 0 && <i aria-hidden="true">{groups}</i>}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="legend quiet">
        <span class="scale" aria-hidden="true">
          {Array.from({ length: kSteps + 1 }, (_, step) => (
            <i key={step} class={`step-${step}`} />
          ))}
        </span>
        0 to {most} {layer} free for the whole hour, in the first week · a number: groups that meet then
      </p>
      {chosen !== null && canEdit && (
        <div class="who" aria-live="polite">
          <h3>
            {weekday(Math.floor(chosen / 24), 'long')} {hourLabel(chosen % 24)}
            <span class="count">{free?.people.length ?? '…'}</span>
          </h3>
          {(['facilitator', 'participant'] as const).map((role) => {
            const people = free?.people.filter((person) => person.role === role) ?? [];
            return (
              people.length > 0 && (
                <ul class="chips" key={role} aria-label={`${role}s`}>
                  {people.map((person) => (
                    <li key={person.user_id}>
                      <Chip user_id={person.user_id} name={person.name} role={person.role} ifNeeded={person.if_needed} />
                    </li>
                  ))}
                </ul>
              )
            );
          })}
          {free?.people.length === 0 && <p class="quiet">nobody</p>}
        </div>
      )}
    </section>
  );
}

/** How many groups begin in each hour of the week, in this zone. */
function meetingsByHour(starts: (string | undefined)[], zone: string): Map<number, number> {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const found = new Map<number, number>();
  for (const start of starts) {
    if (!start) continue;
    const values = Object.fromEntries(parts.formatToParts(new Date(start)).map((part) => [part.type, part.value]));
    const cell = days.indexOf(values.weekday) * 24 + Number(values.hour);
    found.set(cell, (found.get(cell) ?? 0) + 1);
  }
  return found;
}

function moveFocus(event: KeyboardEvent, cell: number) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  document.querySelector<HTMLElement>(`[data-hour="${(cell + step + 168) % 168}"]`)?.focus();
}
