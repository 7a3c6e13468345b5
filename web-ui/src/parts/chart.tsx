// How many people the best plan places and how many any plan could: the two lines meet at the proof.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

export interface Sample {
  seconds: number;
  incumbent: number;
  bound: number;
}

/** A colour of the page as a canvas understands it. */
function colour(host: HTMLElement, name: string): string {
  host.style.color = `var(${name})`;
  const resolved = getComputedStyle(host).color;
  host.style.color = '';
  return resolved;
}

const kHeight = 170;

export function ConvergenceChart({ samples, running }: { samples: Sample[]; running: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = samples.at(-1)!;

  useEffect(() => {
    const of = (name: string) => colour(host.current!, name);
    const axis = { stroke: of('--quiet'), grid: { stroke: of('--line'), width: 1 }, ticks: { show: false }, font: `12px ${getComputedStyle(host.current!).fontFamily}` };
    const step = uPlot.paths.stepped!({ align: 1 });
    chart.current = new uPlot(
      {
        width: host.current!.clientWidth,
        height: kHeight,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 8, 0, 0],
        scales: { x: { time: false, range: (_, __, high) => [0, Math.max(high, 0.1)] }, y: { range: (_, low, high) => [0, Math.max(high, low + 1) * 1.08] } },
        axes: [
          { ...axis, size: 30, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
          { ...axis, size: 44 },
        ],
        series: [
          {},
          { label: 'best plan', stroke: of('--accent'), width: 2.5, paths: step, points: { show: false }, fill: of('--accent-wash') },
          { label: 'bound', stroke: of('--soft'), width: 2, dash: [6, 4], paths: step, points: { show: false } },
        ],
      },
      [[], [], []],
      host.current!,
    );
    const resize = new ResizeObserver(([entry]) => chart.current?.setSize({ width: entry.contentRect.width, height: kHeight }));
    resize.observe(host.current!);
    return () => {
      resize.disconnect();
      chart.current?.destroy();
    };
  }, []);

  useEffect(() => {
    chart.current?.setData([
      samples.map((sample) => sample.seconds),
      samples.map((sample) => sample.incumbent),
      samples.map((sample) => sample.bound),
    ]);
  }, [samples]);

  return (
    <figure class="chart">
      <div ref={host} aria-hidden="true" />
      <figcaption aria-live="polite">
        <span>
          <i class="key best" /> placed <strong>{latest.incumbent}</strong>
        </span>
        <span>
          <i class="key bound" /> at most <strong>{latest.bound}</strong>
        </span>
        <span class="quiet">
          {latest.incumbent === latest.bound ? 'no plan places more · ' : running ? 'searching · ' : ''}
          {latest.seconds.toFixed(1)} s
        </span>
      </figcaption>
    </figure>
  );
}
