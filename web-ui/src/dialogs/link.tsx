import { useState } from 'preact/hooks';
import { post } from '../api';
import { useBoard } from '../board';
import { CopyButton } from '../parts/copy-button';
import { Dialog } from '../parts/dialog';

export function LinkDialog({ close }: { close: () => void }) {
  const { board, session } = useBoard();
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [failure, setFailure] = useState('');
  const make = (body: unknown) =>
    post<{ url: string }>('/links', body).then(
      (reply) => setUrl(reply.url),
      (error: Error) => setFailure(error.message),
    );
  return (
    <Dialog title="Share" close={close}>
      {failure && <p class="banner bad">{failure}</p>}
      <section class="stack">
        <h3>For facilitators, to look</h3>
        <p class="quiet">Shows this cohort’s groups and times for 30 days. No e-mail addresses, no hours, no changes.</p>
        <button onClick={() => make({ kind: 'share', cohort: board.cohort_id })}>Make a read-only link</button>
      </section>
      {session.login_needed && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void make({ kind: 'login', name });
          }}
        >
          <h3>For a colleague, to work with you</h3>
          <p class="quiet">Lets one person in, once, within a day. The name stands in the history of edits.</p>
          <label class="field">
            Name
            <input value={name} required maxLength={60} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <button>Invite</button>
        </form>
      )}
      {url && (
        <div class="made-link">
          <label class="field">
            Link
            <input readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
          </label>
          <CopyButton key={url} text={url} />
        </div>
      )}
    </Dialog>
  );
}
