// Reads a page aloud, sentence by sentence, and marks the sentence that is read.

import { passagesOf } from "./passages.js";
import { sentences } from "./sentences.js";

const MARK = "read-aloud"; // the name of the highlight in read-aloud.css
const SHARE_ABOVE = 0.3; // of the window's height above a sentence that has been scrolled to
const BARE_BELOW = 80; // in pixels: what the buttons cover at the foot of the window

/**
 * Reads `article` with the voices of the device. `voiceFor` returns the voice for a language, if there is one. `onChange` gets the state
 * whenever it changes: `reading`, `paused` or `stopped`.
 */
export class PageReader {
  #sentences = [];
  #position = 0;
  #utterance; // Chromium forgets an utterance that nothing refers to, and its end is never told
  #block;

  constructor(article, voiceFor, onChange) {
    Object.assign(this, { article, voiceFor, onChange });
    addEventListener("pagehide", () => this.stop()); // browsers go on reading when the page is left
  }

  start() {
    this.#sentences = passagesOf(this.article).flatMap((passage) => sentences(passage.text).map((range, number) => ({ passage, range, isFirst: !number })));
    this.#position = 0;
    this.resume();
  }

  // Not `speechSynthesis.pause()`: in Chromium on Android that ends the utterance, and nothing resumes it. The sentence is read again.
  pause() {
    this.#beSilent();
    this.onChange("paused");
  }

  resume() {
    this.#beSilent();
    this.onChange("reading");
    this.#read(true);
  }

  stop() {
    this.#beSilent();
    this.#mark(null);
    this.onChange("stopped");
  }

  #beSilent() {
    this.#utterance = undefined; // before the end of the utterance is told
    speechSynthesis.cancel();
  }

  /** Read the sentence at the position, and then the others. `isAsked` is true right after the reader has pressed a button. */
  #read(isAsked = false) {
    for (; this.#position < this.#sentences.length; this.#position += 1) {
      const sentence = this.#sentences[this.#position];
      const parts = this.#partsOf(sentence);
      if (!parts.length) continue;
      this.#show(sentence, isAsked);
      this.#say(parts);
      return;
    }
    this.stop();
  }

  #say([part, ...more]) {
    const utterance = new SpeechSynthesisUtterance(part.text);
    utterance.voice = part.voice;
    utterance.lang = part.voice.lang;
    utterance.onend = () => {
      if (utterance !== this.#utterance) return; // paused or stopped
      if (more.length) return this.#say(more);
      this.#position += 1;
      this.#read();
    };
    utterance.onerror = () => utterance === this.#utterance && this.stop();
    this.#utterance = utterance;
    speechSynthesis.speak(utterance);
  }

  /** Return what is said of a sentence, each part in its own language. A part in a language that no voice of the device has is left out. */
  #partsOf({ passage, range: [from, to], isFirst }) {
    const parts = [];
    const add = (text, language) => {
      const voice = this.voiceFor(language);
      if (!voice || !text) return;
      if (parts.at(-1)?.voice === voice) parts.at(-1).text += text;
      else parts.push({ text, voice });
    };
    if (isFirst && passage.head) add(`${passage.head}: `, "da");
    let said = from; // up to here; what lies between two pieces is the space of a line break
    for (const { node, start, language } of passage.pieces) {
      const end = Math.min(to, start + node.data.length);
      if (end <= said) continue;
      add(passage.text.slice(said, end).replace(/\s+/g, " ").replaceAll("\u00ad", ""), language);
      said = end;
    }
    return parts.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).map(({ text, voice }) => ({ text: text.trim(), voice }));
  }

  /** Mark a sentence and scroll to it, unless the reader has scrolled away from the one before. */
  #show({ passage, range: [from, to] }, isAsked) {
    const follows = isAsked || !this.shown || isInView(this.shown);
    const range = document.createRange();
    const isStart = ({ node, start }) => from < start + node.data.length;
    const isEnd = ({ node, start }) => to <= start + node.data.length;
    const [first, last] = [passage.pieces.find(isStart), passage.pieces.find(isEnd)];
    range.setStart(first.node, from - first.start);
    range.setEnd(last.node, Math.max(0, to - last.start));
    this.#mark(range, passage.block);
    const { top, bottom } = range.getBoundingClientRect();
    if (!follows || (top >= 0 && bottom <= innerHeight - BARE_BELOW)) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    scrollBy({ top: top - innerHeight * SHARE_ABOVE, behavior });
  }

  /** Mark a range, or nothing. Without highlights (Firefox before 140, Safari before 17.2), the block that it stands in is marked. */
  #mark(range, block) {
    this.shown = range;
    if (globalThis.Highlight && CSS.highlights) {
      if (range) CSS.highlights.set(MARK, new Highlight(range));
      else CSS.highlights.delete(MARK);
      return;
    }
    this.#block?.classList.remove("being-read");
    this.#block = range && block;
    this.#block?.classList.add("being-read");
  }
}

function isInView(range) {
  const { top, bottom } = range.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
