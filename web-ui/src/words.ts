// Words that depend on a number.

/** `1 group`, `2 groups`. */
export const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
