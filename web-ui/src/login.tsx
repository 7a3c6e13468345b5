import type { SessionInfo } from './types';
import { Logo } from './parts/icons';

const kReasons: Record<string, string> = {
  administrator: 'Only administrators of the configured Discord server may log in.',
  declined: 'The login was not completed on Discord.',
  state: 'This login was begun in another window. Please begin again.',
};

export function Login({ session, failure }: { session: SessionInfo; failure: string }) {
  const refused = location.hash.match(/^#refused=(\w+)$/)?.[1];
  const told = failure || (refused ? kReasons[refused] : '');
  return (
    <main class="centre">
      <div class="sheet narrow">
        <Logo />
        <h1>The review board</h1>
        {told && (
          <p class="banner bad" role="alert">
            {told}
          </p>
        )}
        {session.discord_login && (
          <a class="button primary wide" href="/api/v1/login/discord">
            Log in with Discord
          </a>
        )}
        <p class="quiet">
          Open the link that was made for you. It works once; whoever runs the board can make another with <em>Invite</em>, or by
          starting <code>convene serve</code> again.
        </p>
      </div>
    </main>
  );
}
