// Requests to the server, and what it refuses.
import type { Board, Edit, EditOrder, EditReply, JobState, SessionInfo } from './types';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: Record<string, unknown>,
  ) {
    super(message);
  }
}

let csrf = '';

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['X-Convene-CSRF'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return undefined as T;
  const document = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = document.error ?? {};
    throw new Refused(response.status, error.code ?? 'failure', error.message ?? 'The server did not answer.', error);
  }
  return document as T;
}

export const get = <T>(path: string) => request<T>('GET', path);
export const post = <T>(path: string, body: unknown = {}) => request<T>('POST', path, body);
export const remove = (path: string) => request<void>('DELETE', path);

/** Uses the one-time or share link that the page was opened with, and takes it out of the address. */
export async function openSession(): Promise<SessionInfo> {
  const link = location.hash.match(/^#(login|share)=(.+)$/);
  if (link) {
    history.replaceState(null, '', '/');
    return remember(await post<SessionInfo>('/session', { token: link[2] }));
  }
  return remember(await get<SessionInfo>('/session'));
}

function remember(session: SessionInfo): SessionInfo {
  csrf = session.csrf ?? '';
  return session;
}

/** Somebody else was quicker: nothing was written, and `edits` is what they did. */
export interface Stale {
  status: 'stale';
  edits: Edit[];
}

export async function edit(board: Board, order: EditOrder): Promise<EditReply | Stale> {
  try {
    return await post<EditReply>(`/cohorts/${board.cohort_id}/edits`, {
      ...order,
      version: board.version,
      last_edit_id: board.last_edit_id ?? 0,
    });
  } catch (error) {
    if (error instanceof Refused && error.code === 'stale') {
      return { status: 'stale', edits: (error.more.edits as Edit[]) ?? [] };
    }
    throw error;
  }
}

/** The job of this kind that runs for a cohort now. */
export async function runningJob(cohort: number, kind: 'solve' | 'publish'): Promise<string | undefined> {
  const { jobs } = await get<{ jobs: JobState[] }>(`/cohorts/${cohort}/jobs`).catch(() => ({ jobs: [] }));
  return jobs.find((job) => job.kind === kind && !job.finished)?.job;
}

/**
 * Calls `tell` for each event of a job, from its first on, until it ends; `end` is called once, also when the server has
 * forgotten the job. Returns how to stop listening.
 */
export function listen<T>(job: string, tell: (event: T) => void, end: () => void): () => void {
  const source = new EventSource(`/api/v1/jobs/${job}/events`);
  source.onmessage = (message) => tell(JSON.parse(message.data) as T);
  source.addEventListener('end', () => {
    source.close();
    end();
  });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) end();
  };
  return () => source.close();
}
