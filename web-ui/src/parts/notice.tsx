import { createContext } from 'preact';
import { useEffect } from 'preact/hooks';
import { CloseIcon } from './icons';

export interface NoticeText {
  kind: 'good' | 'info' | 'warn' | 'bad';
  title: string;
  lines: string[];
  action?: { label: string; run: () => void };
}

/** What the dialog that is open shows, since nothing outside it can be clicked. */
export const NoticeContext = createContext<{ notice: NoticeText; close: () => void } | null>(null);

const kGoodNewsMs = 6000;
/** More of them may have to be scrolled, which keys must reach. */
const kFewLines = 2;

export function Notice({ notice, close }: { notice: NoticeText; close: () => void }) {
  useEffect(() => {
    if (notice.kind === 'bad' || notice.kind === 'warn') return undefined;
    const timer = setTimeout(close, kGoodNewsMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class={`notice ${notice.kind}`} role={notice.kind === 'good' || notice.kind === 'info' ? 'status' : 'alert'}>
      <div>
        <strong>{notice.title}</strong>
        {notice.lines.length > 0 && (
          <div class="lines" tabIndex={notice.lines.length > kFewLines ? 0 : undefined}>
            <ul>
              {notice.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        {notice.action && (
          <button
            class="small"
            onClick={() => {
              close();
              notice.action!.run();
            }}
          >
            {notice.action.label}
          </button>
        )}
      </div>
      <button class="bare" aria-label="Dismiss" onClick={close}>
        <CloseIcon />
      </button>
    </div>
  );
}
