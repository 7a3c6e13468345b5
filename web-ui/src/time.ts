// Times as the reader's own locale and zone write them.
import type { Group, Member } from './types';

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

export const weeklyTime = (instant: string, zone: string) =>
  format(zone, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(instant));

export const clock = (instant: string, zone: string) =>
  format(zone, { timeStyle: 'short' }).format(new Date(instant));

export const shortDate = (instant: string, zone: string) =>
  format(zone, { day: 'numeric', month: 'short' }).format(new Date(instant));

export const longDate = (instant: string, zone: string) =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant));

export const dateAndTime = (instant: string, zone: string) =>
  format(zone, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(instant));

export const calendarDate = (date: string) =>
  format('UTC', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(`${date}T00:00:00Z`));

const monday = Date.UTC(2024, 0, 1);
const kDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Wednesday 18:00` as the API writes it, in the reader's words. */
export function localWeekly(text: string, style: 'short' | 'long' = 'short'): string {
  const [day, time] = text.split(' ');
  const [hour, minute] = (time ?? '0:0').split(':').map(Number);
  const at = new Date(monday + (kDays.indexOf(day) * 24 * 60 + hour * 60 + minute) * 60_000);
  return format('UTC', { weekday: style, hour: 'numeric', minute: '2-digit' }).format(at);
}

export const weekday = (index: number, style: 'short' | 'long' | 'narrow' = 'short') =>
  format('UTC', { weekday: style }).format(new Date(monday + index * 86_400_000));

export const hourLabel = (hour: number) =>
  format('UTC', { hour: 'numeric' }).format(new Date(monday + hour * 3_600_000));

/** When a group meets on the reader's clock: one time, or several when clocks change on the way. */
export function groupTimes(group: Group, zone: string): { from: number; text: string }[] {
  const spells: { from: number; text: string }[] = [];
  group.meetings.forEach((meeting, index) => {
    const text = weeklyTime(meeting.start, zone);
    if (spells.at(-1)?.text !== text) spells.push({ from: index, text });
  });
  return spells;
}

/** A member's own clock at each meeting, and whether it shows another time than the week before. */
export function memberClock(member: Member, meetings: number): { text: string; changed: boolean }[] {
  const cells: { text: string; changed: boolean }[] = [];
  let spell = 0;
  for (let meeting = 0; meeting < meetings; ++meeting) {
    while (spell + 1 < member.local_times.length && member.local_times[spell + 1].first_meeting <= meeting) ++spell;
    const at = member.local_times[spell];
    cells.push({
      text: at ? localWeekly(at.local) : '–',
      changed: meeting > 0 && at !== undefined && at.first_meeting === meeting,
    });
  }
  return cells;
}
