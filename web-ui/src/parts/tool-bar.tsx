// Finding one's way among many groups.
import { type Order, type Show, kOrders, kShows } from '../search';
import { counted } from '../words';
import { SearchIcon } from './icons';

interface Props {
  text: string;
  setText: (text: string) => void;
  show: Show;
  setShow: (show: Show) => void;
  order: Order;
  setOrder: (order: Order) => void;
  shown: number;
  total: number;
}

export function ToolBar({ text, setText, show, setShow, order, setOrder, shown, total }: Props) {
  return (
    <div class="tools" role="search">
      <label class="search">
        <SearchIcon />
        <span class="hidden">Find a person or a group</span>
        <input type="search" placeholder="Find a person or a group" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label>
        <span class="hidden">Which groups</span>
        <select value={show} onChange={(event) => setShow(event.currentTarget.value as Show)}>
          {Object.entries(kShows).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden">Order</span>
        <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
          {Object.entries(kOrders).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <span class="quiet" role="status">
        {shown === total ? counted(total, 'group') : `${shown} of ${counted(total, 'group')}`}
      </span>
      <button class="link" onClick={() => document.getElementById('week')?.scrollIntoView()}>
        The week ↓
      </button>
    </div>
  );
}
