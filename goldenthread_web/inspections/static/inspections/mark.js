// Words selected in the letter go into the form, with their paragraph; without this they are pasted.
(function () {
  "use strict";
  const words = document.getElementById("id_words");
  const paragraph = document.getElementById("id_paragraph");
  if (!words || !paragraph) return;
  document.addEventListener("mouseup", take);
  document.addEventListener("keyup", take);

  function take() {
    const selected = window.getSelection();
    if (!selected || selected.isCollapsed) return;
    const range = selected.getRangeAt(0);
    const start = textOf(range.startContainer);
    if (!start || start !== textOf(range.endContainer)) return;
    const copied = document.createElement("div");
    copied.append(range.cloneContents());
    // The references between the words are ours, not the letter's.
    for (const ours of copied.querySelectorAll("[data-not-letter]")) ours.remove();
    const said = copied.textContent.trim();
    if (!said) return;
    words.value = said;
    paragraph.value = start.dataset.text;
  }

  function textOf(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element ? element.closest("[data-text]") : null;
  }
})();
