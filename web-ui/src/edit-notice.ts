// What the page says about an edit.
import type { NoticeText } from './parts/notice';
import { withLocalTimes } from './time';
import type { Board, EditOrder, EditReply, Group } from './types';

interface Looks {
  before: Board;
  after: Board;
  zone: string;
}

/** What of a group Discord shows, as text to compare. */
const onDiscord = (group: Group) =>
  JSON.stringify([group.group_name, group.meetings.map((meeting) => meeting.start), group.members.map((member) => [member.user_id, member.role])]);

/** Whether groups that are on Discord are other than before, so that Discord shows something old. */
function isAhead({ before, after }: Looks): boolean {
  const shown = new Map(before.groups.map((group) => [group.group_id, onDiscord(group)]));
  return after.groups.some((group) => group.realized && shown.get(group.group_id) !== onDiscord(group));
}

export function noticeOf(reply: EditReply, order: EditOrder, looks: Looks, change: (order: EditOrder) => Promise<boolean>): NoticeText {
  const told = (violation: EditReply['violations'][number]) =>
    violation.rule === 'undo' ? withLocalTimes(violation.message, looks.zone) : `${violation.rule}: ${withLocalTimes(violation.message, looks.zone)}`;
  const summary = withLocalTimes(reply.summary, looks.zone);
  if (reply.status === 'refused') {
    const forcible = !reply.violations.some((violation) => violation.rule === 'undo');
    return {
      kind: 'bad',
      title: `Not done: ${summary}`,
      lines: reply.violations.map(told),
      action: forcible ? { label: 'Do it anyway', run: () => void change({ ...order, force: true }) } : undefined,
    };
  }
  const lines = [...reply.notes, ...reply.violations.map((violation) => `in spite of ${told(violation)}`)];
  if (reply.status === 'done' && isAhead(looks)) lines.push('Discord shows it after the next Publish.');
  return { kind: reply.status === 'done' ? 'good' : 'info', title: summary, lines };
}
