// Decap (3.16.3) keeps a copy of what is not saved, and asks whether to go on with it. Whoever says yes before the page itself has come would lose
// it: the page then takes its place. So the copy is handed over once the page is on the screen.

import { openPage } from "./open-page.js";

const KEY = /^backup\./; // and the collection and the name of the page
const SECONDS_BETWEEN_LOOKS = 0.05;

/** Let Decap's store of copies, which localForage keeps in IndexedDB, answer only when the page is there. */
export function holdCopiesBack() {
  const get = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function held(key) {
    const request = get.call(this, key);
    if (!KEY.test(String(key))) return request;
    const answer = {}; // localForage uses nothing but these of a request
    request.onsuccess = () => whenThePageIsThere(() => answer.onsuccess?.(Object.assign(answer, { result: request.result })));
    request.onerror = () => answer.onerror?.(Object.assign(answer, { error: request.error }));
    return answer;
  };
}

function whenThePageIsThere(act) {
  if (openPage()) act();
  else setTimeout(whenThePageIsThere, SECONDS_BETWEEN_LOOKS * 1000, act);
}
