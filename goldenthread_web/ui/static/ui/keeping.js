// What is typed is kept by htmx as the page says. This tells when it could not be, tries again once there is a
// connection, keeps at once when the page is left aside, and prolongs the session: whoever writes is here.
(function () {
  "use strict";
  const line = document.querySelector("[data-keeps]");
  const form = line && line.closest("form");
  if (!form) return;
  const MINUTE = 60 * 1000;
  let isTyped = false;
  let isLeaving = false; // the form was sent: what it says is being saved, and is kept no more
  let prolongedAt = Date.now();

  function keep() {
    if (isTyped && window.htmx) window.htmx.trigger(line, "keep");
  }

  function tell(words) {
    const told = document.createElement("b");
    told.setAttribute("role", "alert");
    told.textContent = words;
    line.replaceChildren(told);
  }

  function fail() {
    tell("Not kept: there is no connection. Leave this page open; it is tried again by itself.");
  }

  // Signed out in another window: this page can keep nothing any more.
  function refuse(event) {
    if (event.detail.xhr.status !== 403) return fail();
    tell("Not kept: you are signed out. Copy what you typed last, sign in and open this page again: what was kept before is there.");
  }

  form.addEventListener("input", function () { isTyped = true; isLeaving = false; });
  form.addEventListener("submit", function () { isLeaving = true; });
  line.addEventListener("htmx:beforeRequest", function (event) { if (isLeaving) event.preventDefault(); });
  line.addEventListener("htmx:sendError", fail);
  line.addEventListener("htmx:timeout", fail);
  line.addEventListener("htmx:responseError", refuse);
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
