// The dialog that says what has become of a save.

/**
 * Begin a dialog in the place of the one before, given the id and the words of its title. Return what adds to it: `add(tag, words, parent)` and
 * `addButton(words, act, parent)`, both to the dialog itself without a parent; and `show()` and `close()`.
 */
export function newDialog(id, words) {
  document.querySelector(".saved-changes")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "saved-changes";
  dialog.setAttribute("aria-labelledby", id);
  dialog.addEventListener("close", () => dialog.remove());
  const add = (tag, text, parent = dialog) => Object.assign(parent.appendChild(document.createElement(tag)), { textContent: text });
  const title = Object.assign(add("h2", words), { id, tabIndex: -1 });
  return {
    dialog,
    add,
    addButton(text, act, parent) {
      Object.assign(add("button", text, parent), { type: "button" }).addEventListener("click", act);
    },
    close: () => dialog.close(),
    show() {
      document.body.append(dialog);
      dialog.showModal();
      title.focus();
    },
  };
}
