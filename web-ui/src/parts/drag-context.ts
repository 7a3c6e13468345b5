import { createContext } from 'preact';
import type { DragBoard } from '../drag';

export const DragContext = createContext<DragBoard | null>(null);
