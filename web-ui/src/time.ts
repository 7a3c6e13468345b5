// Times as the reader's own locale and zone write them.
import type { Group, Meeting, Member } from './types';

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

/** Whether the browser knows a zone of this name. */
export function isZone(zone: string): boolean {
  try {
    format(zone, {});
    return true;
  } catch {
    return false;
  }
}

export const clock = (instant: string, zone: string) =>
  format(zone, { timeStyle: 'short' }).format(new Date(instant));

export const shortDate = (instant: string, zone: string) =>
  format(zone, { day: 'numeric', month: 'short' }).format(new Date(instant));

export const longDate = (instant: string, zone: string) =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant));

const kDateAndTime: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' };

export const dateAndTime = (instant: string, zone: string) => format(zone, kDateAndTime).format(new Date(instant));

const instant = '(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?Z)';
const instants = new RegExp(`${instant}(?: to ${instant})?`, 'g');

/** Instants and spans of time within a sentence of the server's, as the reader writes them; days and clock times of a zone that it names stay in that zone. */
export const withLocalTimes = (text: string, zone: string) =>
  text
    .replace(instants, (_, from: string, to?: string) => (to ? format(zone, kDateAndTime).formatRange(new Date(from), new Date(to)) : dateAndTime(from, zone)))
    .replace(/(\d{4}-\d\d-\d\d), [A-Z][a-z]+day (\d\d:\d\d)/g, (_, day: string, time: string) => format('UTC', { weekday: 'short', ...kDateAndTime }).format(new Date(`${day}T${time}Z`)));

export const calendarDate = (date: string) =>
  format('UTC', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(`${date}T00:00:00Z`));

const monday = Date.UTC(2024, 0, 1);
const kDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Wednesday 18:00` as the API writes it, in minutes since Monday 00:00. */
function weekMinute(text: string): number {
  const [day, time] = text.split(' ');
  const [hour, minute] = (time ?? '0:0').split(':').map(Number);
  return kDays.indexOf(day) * 24 * 60 + hour * 60 + minute;
}

/** The same in the reader's words. */
export const localWeekly = (text: string, style: 'short' | 'long' = 'short') =>
  format('UTC', { weekday: style, hour: 'numeric', minute: '2-digit' }).format(new Date(monday + weekMinute(text) * 60_000));

export const weekday = (index: number, style: 'short' | 'long' | 'narrow' = 'short') =>
  format('UTC', { weekday: style }).format(new Date(monday + index * 86_400_000));

export const hourLabel = (hour: number) =>
  format('UTC', { hour: 'numeric' }).format(new Date(monday + hour * 3_600_000));

/** Minute 750 of a day is 12:30. */
export const timeOfDay = (minute: number) =>
  format('UTC', { hour: 'numeric', minute: '2-digit' }).format(new Date(monday + minute * 60_000));

/** `18:00-21:00`, as people write their hours, in the reader's words. */
export function timeSpan(text: string): string {
  const ends = text.split('-').map((end) => end.trim().match(/^(\d{1,2}):(\d{2})$/));
  if (ends.length !== 2 || !ends[0] || !ends[1]) return text;
  const [from, to] = ends.map((end) => timeOfDay(Number(end![1]) * 60 + Number(end![2])));
  return `${from} – ${to}`;
}

/** Days of the week in the reader's order; 0 is Monday. */
export function weekDays(): number[] {
  const locale = new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale) as Intl.Locale & {
    weekInfo?: { firstDay: number };
    getWeekInfo?: () => { firstDay: number };
  };
  const first = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
  return Array.from({ length: 7 }, (_, index) => (index + first - 1) % 7);
}

const english = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekParts = new Map<string, Intl.DateTimeFormat>();

/** Minutes since Monday 00:00 on the clocks of a zone. */
export function localMinute(instant: string, zone: string): number {
  let parts = weekParts.get(zone);
  if (!parts) {
    parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    weekParts.set(zone, parts);
  }
  const values = Object.fromEntries(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
  return english.indexOf(values.weekday) * 24 * 60 + Number(values.hour) * 60 + Number(values.minute);
}

/** What a zone's clocks show, as `2025-02-06T18:00`. */
export function wallClock(instant: number, zone: string): string {
  let parts = wallParts.get(zone);
  if (!parts) {
    parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    wallParts.set(zone, parts);
  }
  const { year, month, day, hour, minute } = Object.fromEntries(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
  return `${year}-${month}-${day}T${hour}:${minute}`;
}
const wallParts = new Map<string, Intl.DateTimeFormat>();

/** When clocks of a zone show that; of two such times the earlier, and where they skip it the time they skip to. */
export function instantOf(wall: string, zone: string): number {
  const asked = Date.parse(`${wall}Z`);
  const offset = (instant: number) => Date.parse(`${wallClock(instant, zone)}Z`) - instant;
  const day = 86_400_000;
  const offsets = [offset(asked - day), offset(asked + day)];
  for (const each of offsets) if (offset(asked - each) === each) return asked - each;
  return asked - Math.min(...offsets);
}

/** So many weeks later by the calendar of a zone. */
export function weeksLater(instant: string, weeks: number, zone: string): number {
  const wall = Date.parse(`${wallClock(Date.parse(instant), zone)}Z`) + weeks * 7 * 86_400_000;
  return instantOf(new Date(wall).toISOString().slice(0, 16), zone);
}

/** A meeting that was moved alone, away from the group's weekly time. */
function movedAlone(group: Group, meeting: Meeting): boolean {
  if (!meeting.was_rescheduled) return false;
  return localMinute(meeting.start, isZone(group.anchor) ? group.anchor : 'UTC') !== weekMinute(group.anchor_start);
}

/** The first meeting at the group's weekly time. */
export const usualMeeting = (group: Group): Meeting | undefined => group.meetings.find((meeting) => !movedAlone(group, meeting)) ?? group.meetings[0];

/**
 * When a group meets on the reader's clock: first its weekly time, one or several when clocks change on the way; then each
 * meeting that was moved alone.
 */
export function groupTimes(group: Group, zone: string): { from: number; text: string; alone: boolean }[] {
  const spells: { from: number; text: string; alone: boolean }[] = [];
  const exceptions: typeof spells = [];
  group.meetings.forEach((meeting, from) => {
    const text = weeklyTime(meeting.start, zone);
    if (movedAlone(group, meeting)) exceptions.push({ from, text, alone: true });
    else if (spells.at(-1)?.text !== text) spells.push({ from, text, alone: false });
  });
  return [...spells, ...exceptions];
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
