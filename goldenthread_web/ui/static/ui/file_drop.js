// Files may be dropped on the box around a file field; the field itself works without this.
(function () {
  "use strict";
  for (const zone of document.querySelectorAll("[data-file-drop]")) {
    const field = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-drop-files]");
    zone.querySelector("[data-drop-words]").hidden = false;

    const say = () => {
      list.replaceChildren(...Array.from(field.files, (file) => {
        const line = document.createElement("li");
        line.textContent = file.name + " (" + Math.max(1, Math.round(file.size / 1024)).toLocaleString("en-GB") + " KB)";
        return line;
      }));
    };
    const over = (is) => (event) => {
      event.preventDefault();
      zone.classList.toggle("gt-drop--over", is);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      if (!field.multiple && event.dataTransfer.files.length > 1) return;
      field.files = event.dataTransfer.files;
      say();
    });
    field.addEventListener("change", say);
  }
})();
