// The cohort's week: how many people are free at each hour, and who.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { hourLabel, localMinute, timeOfDay, usualMeeting, weekDays, weekday } from '../time';
import type { FreePeople, Heat } from '../types';
import { Chip } from './chip';

const kLayers = { participants: 'Participants', facilitators: 'Facilitators', both: 'Both' };
type Layer = keyof typeof kLayers;
const kSteps = 6;
const kHours = 168;

export function HeatMap() {
  const { board, zone, canEdit } = useBoard();
  const [heat, setHeat] = useState<Heat | null>(null);
  const [layer, setLayer] = useState<Layer>('both');
  const [ifNeeded, setIfNeeded] = useState(true);
  const [chosen, setChosen] = useState<number | null>(null);
  const [free, setFree] = useState<FreePeople | null>(null);
  const days = useMemo(weekDays, []);

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

  const count = (cell: number, of: 'participants' | 'facilitators') => {
    const values = heat?.cells[cell];
    if (!values) return 0;
    const base = of === 'participants' ? 0 : 2;
    return values[base] + (ifNeeded ? values[base + 1] : 0);
  };
  const shaded = layer === 'facilitators' ? 'facilitators' : 'participants';
  const most = Math.max(1, ...Array.from({ length: kHours }, (_, cell) => count(cell, shaded)));
  const meetings = useMemo(() => {
    const found = new Map<number, number>();
    for (const group of board.groups) {
      const meeting = usualMeeting(group);
      if (!meeting) continue;
      const hour = Math.floor(localMinute(meeting.start, zone) / 60);
      found.set(hour, (found.get(hour) ?? 0) + 1);
    }
    return found;
  }, [board.groups, zone]);

  return (
    <section class="heat" id="week" aria-labelledby="heat-title">
      <header>
        <h2 id="heat-title">The cohort’s week</h2>
        <div class="segmented" role="group" aria-label="Layer">
          {(Object.keys(kLayers) as Layer[]).map((name) => (
            <button key={name} class="small" aria-pressed={layer === name} onClick={() => setLayer(name)}>
              {kLayers[name]}
            </button>
          ))}
        </div>
        <label class="check">
          <input type="checkbox" checked={ifNeeded} onChange={(event) => setIfNeeded(event.currentTarget.checked)} /> with if-needed hours
        </label>
        <span class="quiet zone-name">{zone.replace(/_/g, ' ')}, first week</span>
      </header>
      <div class="heat-scroll" tabIndex={0} role="region" aria-label="Hours of the week, a line for each day">
        <table class="heat-table">
          <thead>
            <tr>
              <td />
              {Array.from({ length: 24 }, (_, hour) => (
                <th scope="col" key={hour} class={hour % 3 === 0 ? '' : 'minor'}>
                  {hourLabel(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">{weekday(day)}</th>
                {Array.from({ length: 24 }, (_, hour) => {
                  const cell = day * 24 + hour;
                  const people = count(cell, 'participants');
                  const leaders = count(cell, 'facilitators');
                  const value = shaded === 'participants' ? people : leaders;
                  const step = value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * kSteps));
                  const groups = meetings.get(cell) ?? 0;
                  const unled = layer === 'both' && leaders === 0;
                  const told = [
                    layer !== 'facilitators' && `${people} participants`,
                    layer !== 'participants' && `${leaders} facilitators`,
                    groups > 0 && `${groups} ${groups > 1 ? 'groups meet' : 'group meets'}`,
                  ];
                  return (
                    <td key={hour}>
                      <button
                        class={`heat-cell ${shaded === 'facilitators' ? 'lead' : ''} step-${step} ${unled ? 'unled' : ''} ${chosen === cell ? 'chosen' : ''}`}
                        aria-label={`${weekday(day, 'long')} ${timeOfDay(hour * 60)}: ${told.filter(Boolean).join(', ')}`}
                        title={`${weekday(day)} ${timeOfDay(hour * 60)}: ${told.filter(Boolean).join(', ')}`}
                        aria-pressed={chosen === cell}
                        tabIndex={cell === (chosen ?? days[0] * 24) ? 0 : -1}
                        data-hour={cell}
                        onClick={() => choose(cell)}
                        onKeyDown={(event) => moveFocus(event, days, day, hour)}
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
      <ul class="legend quiet">
        <li>
          <span class={`scale ${shaded === 'facilitators' ? 'lead' : ''}`} aria-hidden="true">
            {Array.from({ length: kSteps + 1 }, (_, step) => (
              <i key={step} class={`step-${step}`} />
            ))}
          </span>
          0 to {most} {shaded} free the whole hour
        </li>
        {layer === 'both' && (
          <li>
            <span class="unled-key step-4" aria-hidden="true" />
            no facilitator is free
          </li>
        )}
        <li>
          <span class="meet-key" aria-hidden="true">
            1
          </span>
          groups that meet
        </li>
      </ul>
      {chosen !== null && canEdit && (
        <div class="who" aria-live="polite">
          <h3>
            {weekday(Math.floor(chosen / 24), 'long')} {timeOfDay((chosen % 24) * 60)}
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
          {free?.people.length === 0 && <p class="quiet">Nobody is free then.</p>}
        </div>
      )}
    </section>
  );
}

/** The arrows move as the lines are drawn, whatever day the reader's week begins on. */
function moveFocus(event: KeyboardEvent, days: number[], day: number, hour: number) {
  const steps: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const line = (days.indexOf(day) + step[0] + 7) % 7;
  document.querySelector<HTMLElement>(`[data-hour="${days[line] * 24 + ((hour + step[1] + 24) % 24)}"]`)?.focus();
}
