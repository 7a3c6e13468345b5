// One week of a group is left out, or its meeting is at another time.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useBoard } from '../board';
import { instantOf, isZone, longDate, shortDate, wallClock, weeksLater } from '../time';
import type { Group } from '../types';

const kMostWeeks = 52;

export function PostponeForm({ group, index, close }: { group: Group; index: number; close: () => void }) {
  const { zone, change } = useBoard();
  const [alone, setAlone] = useState(false);
  const [weeks, setWeeks] = useState(1);
  const meeting = group.meetings[index];
  const [wall, setWall] = useState(() => wallClock(Date.parse(meeting.start), zone));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const later = group.meetings.length - index - 1;
  const anchor = isZone(group.anchor) ? group.anchor : 'UTC';
  const moved = (start: string) => new Date(weeksLater(start, weeks || 1, anchor)).toISOString();
  const submit = (event: Event) => {
    event.preventDefault();
    const order = { command: 'postpone' as const, group: group.group_id, week: index + 1 };
    void change(alone ? { ...order, to: `${new Date(instantOf(wall, zone)).toISOString().slice(0, 16)}:00Z` } : { ...order, weeks });
  };
  return (
    <form class="postpone" aria-label={`Postpone week ${index + 1}`} onSubmit={submit}>
      <h4>
        Postpone week {index + 1}, {longDate(meeting.start, zone)}
      </h4>
      <div class="choice">
        <label class="check">
          <input ref={first} type="radio" name="way" checked={!alone} onChange={() => setAlone(false)} />
          {later === 0 ? 'Move it by whole weeks' : `Leave it out: it and the ${later === 1 ? 'one' : later} after it move`}
        </label>
        {!alone && (
          <p class="then">
            <label>
              by{' '}
              <input type="number" min={1} max={kMostWeeks} required value={weeks} onInput={(event) => setWeeks(event.currentTarget.valueAsNumber)} /> {weeks === 1 ? 'week' : 'weeks'}
            </label>
            <span class="quiet">
              Week {index + 1} is then on {shortDate(moved(meeting.start), zone)}
              {later > 0 && `, the last meeting on ${shortDate(moved(group.meetings.at(-1)!.start), zone)}`}.
            </span>
          </p>
        )}
        <label class="check">
          <input type="radio" name="way" checked={alone} onChange={() => setAlone(true)} />
          Move this meeting alone
        </label>
        {alone && (
          <p class="then">
            <label>
              to <input type="datetime-local" required value={wall} onInput={(event) => setWall(event.currentTarget.value)} />
            </label>
            <span class="quiet">{zone.replace(/_/g, ' ')} time. The other weeks stay.</span>
          </p>
        )}
      </div>
      <div class="buttons">
        <button type="button" onClick={close}>
          Leave it as it is
        </button>
        <button class="primary">Postpone</button>
      </div>
    </form>
  );
}
