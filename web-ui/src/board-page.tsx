// One cohort: its cards, whoever is left out, and everything that can be done about it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { edit, get } from './api';
import { type BoardContext, type Carried, Context, VerdictTable, differences } from './board';
import { GroupDialog } from './dialogs/group';
import { HistoryDialog } from './dialogs/history';
import { LinkDialog } from './dialogs/link';
import { PersonDialog } from './dialogs/person';
import { PublishDialog } from './dialogs/publish';
import { SolveDialog } from './dialogs/solve';
import { DragBoard, kNoGroup } from './drag';
import { noticeOf } from './edit-notice';
import { Announcer, announce } from './parts/announcer';
import { Card } from './parts/card';
import { DragContext } from './parts/drag-context';
import { HeatMap } from './parts/heat';
import { Notice, NoticeContext, type NoticeText } from './parts/notice';
import { FirstSteps } from './parts/first-steps';
import { Sidebar } from './parts/sidebar';
import { ToolBar } from './parts/tool-bar';
import { TopBar } from './parts/top-bar';
import { type Order, type Show, chosenGroups, folded } from './search';
import { browserZone } from './time';
import { counted } from './words';
import type { Board, EditOrder, SessionInfo, Verdicts } from './types';

type Open =
  | { kind: 'person'; id: number }
  | { kind: 'group'; id: number }
  | { kind: 'solve' }
  | { kind: 'publish' }
  | { kind: 'history' }
  | { kind: 'link' }
  | null;

/** So many cards beyond the screen get their verdicts at a time, after those on it. */
const kCardsAtOnce = 40;

interface Carrying {
  person: Carried;
  verdicts: Verdicts | undefined;
  hovered: number | null;
}

export function BoardPage({ cohort, session }: { cohort: number; session: SessionInfo }) {
  const [board, setBoard] = useState<Board | null>(null);
  const [failure, setFailure] = useState('');
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const [open, setOpened] = useState<Open>(null);
  const [zone, setZone] = useState(browserZone);
  const [carrying, setCarrying] = useState<Carrying | null>(null);
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [order, setOrder] = useState<Order>('time');
  const canEdit = !session.read_only;

  // What callbacks need of the latest state, without being made anew for it.
  const latest = useRef({ board, carrying, zone });
  latest.current = { board, carrying, zone };
  const verdicts = useRef<VerdictTable | null>(null);

  /** What was said about something else would lie over the dialog. */
  const setOpen = useCallback((wanted: Open) => {
    setOpened(wanted);
    if (wanted) setNotice(null);
  }, []);

  const reload = useCallback(async () => {
    const fresh = await get<Board>(`/cohorts/${cohort}`);
    if (verdicts.current?.version !== fresh.version) {
      verdicts.current = new VerdictTable(fresh.version, (person) =>
        get<Verdicts>(`/cohorts/${cohort}/people/${person}/verdicts?version=${fresh.version}`),
      );
    }
    setBoard((shown) => (JSON.stringify(shown) === JSON.stringify(fresh) ? shown : fresh));
    document.title = `${fresh.cohort_name} · convene`;
    return fresh;
  }, [cohort]);

  useEffect(() => {
    reload().catch((error: Error) => setFailure(error.message));
    const look = () => document.visibilityState === 'visible' && reload().catch(() => undefined);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [reload]);

  const shown = board !== null;
  useEffect(() => {
    // For the measurement in tests/browser/speed.test.mjs.
    if (shown) requestAnimationFrame(() => performance.mark('board-shown'));
  }, [shown]);

  const change = useCallback(
    async (order: EditOrder): Promise<boolean> => {
      const before = latest.current.board;
      if (!before) return false;
      try {
        const reply = await edit(before, order);
        const fresh = await reload();
        if (reply.status === 'stale') {
          setNotice({
            kind: 'warn',
            title: 'Somebody else changed the cohort while you looked. Your change was not made.',
            lines: [...reply.edits.map((other) => `${other.author}: ${other.summary}`), ...differences(before, fresh)],
            action: { label: 'Do it now', run: () => void change(order) },
          });
          return false;
        }
        setNotice(noticeOf(reply, order, { before, after: fresh, zone: latest.current.zone }, change));
        announce(reply.summary);
        return reply.status === 'done';
      } catch (error) {
        setNotice({ kind: 'bad', title: (error as Error).message, lines: [] });
        return false;
      }
    },
    [reload],
  );

  const preload = useCallback((person: number) => void verdicts.current?.load(person), []);

  const pickUp = useCallback((person: Carried) => {
    markCarried(person.user_id, true);
    setCarrying({ person, verdicts: verdicts.current?.get(person.user_id), hovered: null });
    if (person.byKeyboard) announce(`Carrying ${person.name}. Every group says whether they fit. Tab to a group's button, or Escape to put down.`);
    void verdicts.current?.load(person.user_id).then((loaded) => {
      setCarrying((now) => (now?.person.user_id === person.user_id ? { ...now, verdicts: loaded } : now));
    });
  }, []);

  const putDown = useCallback(
    (group: number | null) => {
      const held = latest.current.carrying;
      setCarrying(null);
      if (!held) return;
      const { person } = held;
      markCarried(person.user_id, false);
      if (person.byKeyboard) document.querySelector<HTMLElement>(`[data-person="${person.user_id}"]`)?.focus();
      if (group === null) return;
      if (group === kNoGroup) {
        void change({ command: 'remove', person: person.user_id });
        return;
      }
      const verdict = held.verdicts?.groups.find((candidate) => candidate.group_id === group);
      if (!verdict?.here) void change({ command: person.role === 'facilitator' ? 'lead' : 'move', person: person.user_id, group });
    },
    [change],
  );

  const drag = useMemo(
    () =>
      new DragBoard({
        pickUp,
        hover: (group) => setCarrying((now) => (now && now.hovered !== group ? { ...now, hovered: group } : now)),
        putDown,
      }),
    [pickUp, putDown],
  );
  useEffect(() => () => drag.destroy(), [drag]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && latest.current.carrying?.person.byKeyboard) {
        event.preventDefault();
        announce('Put down, nothing changed.');
        putDown(null);
        return;
      }
      const typing = (event.target as HTMLElement).closest('input, textarea, select, dialog');
      if (typing || !canEdit || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      void change({ command: event.shiftKey ? 'redo' : 'undo' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [change, putDown, canEdit]);

  const context = useMemo<BoardContext | null>(
    () =>
      board && {
        session,
        board,
        zone,
        canEdit,
        carrying: () => latest.current.carrying !== null,
        preload,
        pickUp,
        putDown,
        change,
        openPerson: (id) => canEdit && setOpen({ kind: 'person', id }),
        openGroup: (id) => setOpen({ kind: 'group', id }),
      },
    [board, session, zone, canEdit, preload, pickUp, putDown, change],
  );

  // Cards on the screen answer at once; the others follow while somebody already aims.
  const [reach, setReach] = useState(0);
  const judging = carrying?.verdicts !== undefined;
  useEffect(() => {
    if (!judging) {
      setReach(0);
      return undefined;
    }
    if (reach >= (board?.groups.length ?? 0)) return undefined;
    const timer = setTimeout(() => setReach(reach + kCardsAtOnce));
    return () => clearTimeout(timer);
  }, [judging, reach, board]);

  const byGroup = useMemo(
    () => new Map(carrying?.verdicts?.groups.map((verdict) => [verdict.group_id, verdict])),
    [carrying?.verdicts],
  );

  const search = folded(text.trim());
  const groups = useMemo(() => (board ? chosenGroups(board, search, show, order, zone) : []), [board, search, show, order, zone]);

  if (!board || !context)
    return (
      <main class="centre">
        {failure ? (
          <p class="banner bad" role="alert">
            {failure}
          </p>
        ) : (
          <p class="quiet">Loading…</p>
        )}
      </main>
    );

  const close = () => setOpen(null);
  return (
    <Context.Provider value={context}>
      <DragContext.Provider value={drag}>
        <a
          class="skip"
          href="#groups"
          onClick={(event) => {
            event.preventDefault(); // the part of the address behind # names the cohort
            document.getElementById('groups')?.focus();
          }}
        >
          Skip to the groups
        </a>
        <TopBar zone={zone} setZone={setZone} open={(kind) => setOpen({ kind })} />
        {notice && !open && <Notice notice={notice} close={() => setNotice(null)} />}
        {carrying?.person.byKeyboard && (
          <p class="carry-bar" role="status">
            Carrying <strong>{carrying.person.name}</strong> · Tab to a group's button · Escape puts down
            <button class="small" onClick={() => putDown(null)}>
              Put down
            </button>
          </p>
        )}
        <main class={`board ${carrying ? 'carrying' : ''}`}>
          <section class="groups" id="groups" aria-label="Groups" tabIndex={-1}>
            <h2 class="hidden">Groups</h2>
            <p id="carry-help" class="hidden">
              Press M to carry this person to another group, Enter for details.
            </p>
            {board.groups.length === 0 ? (
              <FirstSteps solve={() => setOpen({ kind: 'solve' })} />
            ) : (
              <ToolBar
                text={text}
                setText={setText}
                show={show}
                setShow={setShow}
                order={order}
                setOrder={setOrder}
                shown={groups.length}
                total={board.groups.length}
              />
            )}
            {groups.length === 0 && board.groups.length > 0 && <p class="empty quiet">No group is like that.</p>}
            {groups.map((group, position) => {
              const asked = carrying && (position < reach || drag.isNear(group.group_id)) ? carrying : null;
              return (
                <Card
                  key={group.group_id}
                  group={group}
                  board={board}
                  carried={asked?.person ?? null}
                  verdict={asked ? byGroup.get(group.group_id) : undefined}
                  hovered={asked?.hovered === group.group_id}
                  timezone={asked?.verdicts?.timezone ?? ''}
                  search={search}
                />
              );
            })}
          </section>
          <Sidebar hovered={carrying?.hovered === kNoGroup} search={search} />
          <HeatMap />
        </main>
        <NoticeContext.Provider value={notice && { notice, close: () => setNotice(null) }}>
          {open?.kind === 'person' && <PersonDialog id={open.id} close={close} />}
          {open?.kind === 'group' && <GroupDialog id={open.id} close={close} />}
          {open?.kind === 'solve' && (
            <SolveDialog
              close={close}
              accepted={async (canBeUndone) => {
                const fresh = await reload();
                close();
                setNotice({
                  kind: 'good',
                  title: `${counted(fresh.groups.length, 'group')}, ${fresh.score.placed} of ${counted(fresh.participants, 'person', 'people')} placed.`,
                  lines: ['Look them over; publish them when they are good.', ...(canBeUndone ? [] : ['This plan cannot be undone as a whole.'])],
                });
              }}
            />
          )}
          {open?.kind === 'publish' && <PublishDialog close={close} reload={reload} />}
          {open?.kind === 'history' && <HistoryDialog close={close} />}
          {open?.kind === 'link' && <LinkDialog close={close} />}
        </NoticeContext.Provider>
        <Announcer />
      </DragContext.Provider>
    </Context.Provider>
  );
}

function markCarried(person: number, carried: boolean) {
  for (const element of document.querySelectorAll(`[data-person="${person}"]`)) element.classList.toggle('carried', carried);
}
