// Dragging with mouse, pen and finger. dnd-kit finds out what is grabbed and where it hovers; what it
// looks like is the page's own business, since the library's feedback writes styles that the page's
// security policy forbids. The keyboard has its own way of carrying, see parts/chip.tsx.
import { Plugin } from '@dnd-kit/abstract';
import { pointerIntersection } from '@dnd-kit/collision';
import { AutoScroller, DragDropManager, Draggable, Droppable, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { Rectangle } from '@dnd-kit/geometry';
import type { Carried } from './board';

export interface DragListener {
  pickUp: (person: Carried) => void;
  hover: (group: number | null) => void;
  putDown: (group: number | null) => void;
}

/** What can be dropped on besides groups: taking somebody out of their group. */
export const kNoGroup = 0;

/** What is dragged is as large as the point of the pointer; the library looks for targets when this shape moves. */
class PointerShape extends Plugin<DragDropManager> {
  constructor(manager: DragDropManager) {
    super(manager);
    this.registerEffect(() => {
      const { dragOperation } = manager;
      if (!dragOperation.status.initialized) return;
      const { x, y } = dragOperation.position.current;
      dragOperation.shape = new Rectangle(x, y, 1, 1);
    });
  }
}

export class DragBoard {
  private readonly manager: DragDropManager;
  private readonly places = new Map<Element, number>();
  private readonly droppables = new Map<Element, Droppable>();
  private readonly near = new IntersectionObserver((entries) => this.look(entries), { rootMargin: '300px' });
  private ghost: HTMLElement | null = null;
  private readonly follow = (event: PointerEvent) => this.moveGhost(event.clientX, event.clientY);

  constructor(listener: DragListener) {
    this.manager = new DragDropManager({
      plugins: [AutoScroller, PointerShape],
      sensors: [
        PointerSensor.configure({
          activationConstraints(event) {
            // A finger may want to scroll; a mouse may want to click.
            if (event.pointerType === 'touch') return [new PointerActivationConstraints.Delay({ value: 220, tolerance: 8 })];
            return [new PointerActivationConstraints.Distance({ value: 4 })];
          },
        }),
      ],
    });
    const { monitor } = this.manager;
    monitor.addEventListener('dragstart', (event) => {
      const person = event.operation.source?.data as Carried | undefined;
      if (!person) return;
      const at = event.operation.position.current;
      this.showGhost(person.name, at.x, at.y);
      listener.pickUp(person);
    });
    monitor.addEventListener('dragover', (event) => listener.hover(groupOf(event.operation.target)));
    monitor.addEventListener('dragend', (event) => {
      this.hideGhost();
      listener.putDown(event.canceled ? null : groupOf(event.operation.target));
    });
  }

  /** Made when a pointer comes near: a thousand at once would take too long. */
  draggable(element: HTMLElement, person: Carried): () => void {
    const draggable = new Draggable({ id: `${person.user_id}-${nextId()}`, element, data: { ...person } }, this.manager);
    return () => draggable.destroy();
  }

  /** Something to drop on, while it is on or near the screen: measuring 150 at once would delay every drag. */
  droppable(element: HTMLElement, group: number): () => void {
    this.places.set(element, group);
    this.near.observe(element);
    return () => {
      this.near.unobserve(element);
      this.places.delete(element);
      this.forget(element);
    };
  }

  /** On the screen, or nearly. */
  isNear(group: number): boolean {
    for (const element of this.droppables.keys()) if (this.places.get(element) === group) return true;
    return false;
  }

  private look(entries: IntersectionObserverEntry[]) {
    for (const { target, isIntersecting } of entries) {
      const group = this.places.get(target);
      if (!isIntersecting || group === undefined) {
        this.forget(target);
      } else if (!this.droppables.has(target)) {
        const input = { id: `group-${group}`, element: target, collisionDetector: pointerIntersection, data: { group } };
        this.droppables.set(target, new Droppable(input, this.manager));
      }
    }
  }

  private forget(element: Element) {
    this.droppables.get(element)?.destroy();
    this.droppables.delete(element);
  }

  destroy() {
    this.near.disconnect();
    this.hideGhost();
    this.manager.destroy();
  }

  private showGhost(name: string, x: number, y: number) {
    this.hideGhost();
    this.ghost = document.createElement('div');
    this.ghost.className = 'ghost';
    this.ghost.setAttribute('aria-hidden', 'true');
    this.ghost.textContent = name;
    document.body.append(this.ghost);
    this.moveGhost(x, y);
    // Captured, since the library lets no movement through to others.
    addEventListener('pointermove', this.follow, { passive: true, capture: true });
  }

  private moveGhost(x: number, y: number) {
    if (this.ghost) this.ghost.style.transform = `translate(${x + 12}px, ${y + 10}px)`;
  }

  private hideGhost() {
    removeEventListener('pointermove', this.follow, { capture: true });
    this.ghost?.remove();
    this.ghost = null;
  }
}

let lastId = 0;
const nextId = () => ++lastId;

function groupOf(target: { data?: unknown } | null | undefined): number | null {
  const data = target?.data as { group?: number } | undefined;
  return data?.group ?? null;
}
