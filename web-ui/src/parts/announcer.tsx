// What a screen reader should hear.
import { useEffect, useState } from 'preact/hooks';

let say: (text: string) => void = () => undefined;
export const announce = (text: string) => say(text);

export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    say = setText;
    return () => {
      say = () => undefined;
    };
  }, []);
  return (
    <div class="hidden" role="status" aria-live="assertive">
      {text}
    </div>
  );
}
