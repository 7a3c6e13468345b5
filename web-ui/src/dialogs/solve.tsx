// Solve with chosen rules, watch how near the best is, compare what was found, accept one.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refused, get, listen, post, remove, runningJob } from '../api';
import { useBoard } from '../board';
import { ConvergenceChart, type Sample } from '../parts/chart';
import { Dialog } from '../parts/dialog';
import { PlanColumn, timesOf } from '../parts/plan-column';
import type { Plan, SolveEvent } from '../types';

const kEndings: Record<string, string> = {
  nothing_to_schedule: 'Nobody would be placed better than now: nothing to accept.',
  interrupted: 'Stopped.',
  out_of_time: 'The time was up before any group was found. Give it more.',
};

export function SolveDialog({ close, accepted }: { close: () => void; accepted: (canBeUndone: boolean) => Promise<void> }) {
  const { board, zone } = useBoard();
  const [min, setMin] = useState(board.rules.min_size);
  const [max, setMax] = useState(board.rules.max_size);
  const [ifNeeded, setIfNeeded] = useState(board.rules.use_if_needed);
  const [reform, setReform] = useState(board.groups.length > 0);
  const [seconds, setSeconds] = useState(30);
  const [alternatives, setAlternatives] = useState(false);
  const [job, setJob] = useState('');
  const [samples, setSamples] = useState<Sample[]>([]);
  const [told, setTold] = useState('');
  const [failure, setFailure] = useState('');
  const [plans, setPlans] = useState<Plan[]>([]);
  const stopListening = useRef<() => void>(() => undefined);

  const loadPlans = useCallback(
    () => get<{ plans: Plan[] }>(`/cohorts/${board.cohort_id}/plans`).then((reply) =>
        // What can be accepted first, newest first; what is out of date stays to compare with.
        setPlans([...reply.plans.filter((plan) => !plan.stale), ...reply.plans.filter((plan) => plan.stale)]),
      ),
    [board.cohort_id],
  );

  const follow = (id: string) => {
    setJob(id);
    stopListening.current = listen<SolveEvent>(
      id,
      (event) => {
        if (event.type === 'failed') {
          setFailure(event.message ?? 'It failed.');
          return;
        }
        // Before the search has said anything there is nothing to draw.
        const known = event.bound.placed > 0;
        if (known) setSamples((before) => [
          ...before,
          { seconds: event.elapsed_ms / 1000, incumbent: event.incumbent.placed, bound: event.bound.placed },
        ]);
        if (event.type === 'done') setTold(kEndings[event.status ?? ''] ?? '');
      },
      () => {
        setJob('');
        void loadPlans();
      },
    );
  };

  useEffect(() => {
    void loadPlans();
    // Closed and opened again, or begun by a colleague: go on watching.
    void runningJob(board.cohort_id, 'solve').then((id) => id && follow(id));
    return () => stopListening.current();
  }, [loadPlans]);

  const solve = async () => {
    setFailure('');
    setTold('');
    setSamples([]);
    try {
      const reply = await post<{ job: string }>(`/cohorts/${board.cohort_id}/runs`, {
        min_size: min === board.rules.min_size ? null : min,
        max_size: max === board.rules.max_size ? null : max,
        use_if_needed: ifNeeded,
        reform,
        time_limit_seconds: seconds,
        plans: alternatives ? 3 : 1,
      });
      follow(reply.job);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  const accept = async (plan: Plan) => {
    try {
      const reply = await post<{ can_be_undone: boolean }>(`/cohorts/${board.cohort_id}/plans/${plan.plan_id}/accept`);
      await accepted(reply.can_be_undone);
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : 'The server does not answer.');
      void loadPlans();
    }
  };

  const best = plans.reduce<Plan | null>((found, plan) => (better(plan, found) ? plan : found), null);
  const times = new Map(plans.map((plan) => [plan.plan_id, timesOf(plan, zone)]));
  return (
    <Dialog title="Find groups" close={close} wide>
      {failure && (
        <p class="banner bad" role="alert">
          {failure}
        </p>
      )}
      <form
        class="rules"
        onSubmit={(event) => {
          event.preventDefault();
          void solve();
        }}
      >
        <div class="numbers">
          <label class="field">
            Smallest group
            <input type="number" min={1} max={100} required value={min} onInput={(event) => setMin(event.currentTarget.valueAsNumber)} />
          </label>
          <label class="field">
            Largest group
            <input type="number" min={1} max={100} required value={max} onInput={(event) => setMax(event.currentTarget.valueAsNumber)} />
          </label>
          <label class="field">
            Seconds at most
            <input type="number" min={1} max={600} required value={seconds} onInput={(event) => setSeconds(event.currentTarget.valueAsNumber)} />
          </label>
        </div>
        <div class="switches">
          <label class="check">
            <input type="checkbox" checked={ifNeeded} onChange={(event) => setIfNeeded(event.currentTarget.checked)} /> Use if-needed hours
          </label>
          {board.groups.length > 0 && (
            <label class="check">
              <input type="checkbox" checked={reform} onChange={(event) => setReform(event.currentTarget.checked)} /> Form groups anew around pins
            </label>
          )}
          <label class="check">
            <input type="checkbox" checked={alternatives} onChange={(event) => setAlternatives(event.currentTarget.checked)} /> Show alternatives
          </label>
        </div>
        {job === '' ? (
          <button class="primary">Solve</button>
        ) : (
          <button type="button" onClick={() => remove(`/jobs/${job}`)}>
            Stop
          </button>
        )}
      </form>
      {samples.length > 0 && <ConvergenceChart samples={samples} running={job !== ''} />}
      {told && <p class="banner info">{told}</p>}
      {plans.length > 0 && (
        <section class="stack" aria-labelledby="plans-title">
          <h3 id="plans-title">{plans.length > 1 ? 'Plans to compare' : 'The plan'}</h3>
          <div class="plans" tabIndex={0} role="group" aria-labelledby="plans-title">
            {plans.map((plan) => (
              <PlanColumn
                key={plan.plan_id}
                plan={plan}
                best={plans.length > 1 && plan === best}
                times={times.get(plan.plan_id)!}
                others={plans.filter((other) => other !== plan && !other.stale).map((other) => times.get(other.plan_id)!)}
                accept={() => void accept(plan)}
                drop={() => void remove(`/cohorts/${board.cohort_id}/plans/${plan.plan_id}`).then(loadPlans)}
              />
            ))}
          </div>
        </section>
      )}
    </Dialog>
  );
}

function better(plan: Plan, than: Plan | null): boolean {
  if (plan.stale) return false;
  if (!than) return true;
  if (plan.objective.placed !== than.objective.placed) return plan.objective.placed > than.objective.placed;
  return plan.objective.if_needed < than.objective.if_needed;
}
