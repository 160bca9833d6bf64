// What is typed is kept by htmx as the page says. This tells when it could not be, tries again once there is a
// connection, keeps at once when the page is left aside, and prolongs the session: whoever writes is here.
(function () {
  "use strict";
  const line = document.querySelector("[data-keeps]");
  const form = line && line.closest("form");
  if (!form) return;
  const MINUTE = 60 * 1000;
  let isTyped = false;
  let prolongedAt = Date.now();

  function keep() {
    if (isTyped && window.htmx) window.htmx.trigger(line, "keep");
  }

  function fail() {
    const told = document.createElement("b");
    told.setAttribute("role", "alert");
    told.textContent = "Not kept: there is no connection. Leave this page open; it is tried again by itself.";
    line.replaceChildren(told);
  }

  form.addEventListener("input", function () { isTyped = true; });
  line.addEventListener("htmx:sendError", fail);
  line.addEventListener("htmx:timeout", fail);
  line.addEventListener("htmx:responseError", fail);
  line.addEventListener("htmx:afterOnLoad", function () {
    isTyped = false;
    const stay = document.querySelector("[data-stay]");
    if (stay && Date.now() - prolongedAt > MINUTE) {
      prolongedAt = Date.now();
      stay.click();
    }
  });
  window.addEventListener("online", keep);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") keep();
  });
  window.setInterval(function () { if (line.querySelector("[role=alert]")) keep(); }, MINUTE / 2);
})();
