// Small drawings; all of them are decoration beside words or a label.
import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
      {children}
    </svg>
  );
}

export const UndoIcon = () => (
  <Icon>
    <path d="M7.500 4.500 3.500 8.500l4 4M3.500 8.500h8a4.500 4.500 0 0 1 0 9H9" />
  </Icon>
);
export const RedoIcon = () => (
  <Icon>
    <path d="m12.500 4.500 4 4-4 4M16.500 8.500h-8a4.500 4.500 0 0 0 0 9H11" />
  </Icon>
);
export const PinIcon = ({ filled }: { filled: boolean }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill={filled ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round">
    <path d="M7 3h6l-.7 5 2.700 3H5l2.700-3zM10 11v6" />
  </svg>
);
export const ClockIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4.200l2.800 1.600" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 4 4" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon>
    <path d="m6 8.500 4 4 4-4" />
  </Icon>
);

export function Logo() {
  return (
    <a class="logo" href="#/">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M16 9 8.800 20.500h14.400z" class="lines" />
        <circle cx="16" cy="9" r="3.4" />
        <circle cx="8.800" cy="20.500" r="3.4" />
        <circle cx="23.200" cy="20.500" r="3.4" />
      </svg>
      convene
    </a>
  );
}
