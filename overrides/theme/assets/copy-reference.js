// A text with a button that copies it: the reference on the page of a rule, and the statement for the national tool. Without this script, the button is hidden and the text can be marked.

const text = document.querySelector(".reference-text");
const button = document.querySelector(".copy-reference");
const status = document.querySelector(".copy-status");
const subject = status.dataset.subject ?? "Henvisningen";
const address = text.querySelector(".reference-address");
if (address && !address.textContent) {
  const parts = location.href.replace(/[?#].*/, "").split(/(?<=\/)(?=[^/])/); // the site does not know where it is published
  address.append(...parts.flatMap((part) => [document.createElement("wbr"), part])); // it goes on in the next line after a slash
}

button.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    status.textContent = `${subject} er kopieret.`;
  } catch {
    getSelection().selectAllChildren(text); // copying is not allowed here
    status.textContent = `${subject} er markeret. Kopiér den med Ctrl+C.`;
  }
});
button.hidden = false;
