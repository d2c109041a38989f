/** Placeholders that the server fills in loader.js. */
declare const __CSS__: string;
declare const __SETTINGS__: {
  key: string;
  server: string;
  sites: string[];
  texts: Record<
    string,
    Record<'region' | 'open' | 'close' | 'dismiss' | 'unread' | 'teaser' | 'opening' | 'unreachable', string>
  >;
};

/** A stored message as the server sends it; `seq` only grows and never changes. */
interface Message {
  seq: number;
  id: string;
  author: 'customer' | 'agent' | 'member';
  name: string;
  text: string;
  at: string;
  answering: boolean;
}

/** A message that still waits in this browser. */
interface Waiting {
  id: string;
  text: string;
  at: string;
  page: string;
}
