// Five minutes before a session ends: say so, and offer to stay. Without this the foot of the page says when.
(function () {
  "use strict";
  const box = document.querySelector("[data-session-ends]");
  if (!box) return;
  const WARNING = 5 * 60 * 1000;
  const words = box.querySelector("[data-session-words]");
  const shownTime = document.querySelector("[data-session-time]");
  let endsAt = Date.parse(box.dataset.sessionEnds);
  let saidMinutes = null;

  function look() {
    const left = endsAt - Date.now();
    if (left <= 0) {
      window.location.assign(box.dataset.signIn);
      return;
    }
    box.hidden = left > WARNING;
    const minutes = Math.ceil(left / 60000);
    if (!box.hidden && minutes !== saidMinutes) {
      saidMinutes = minutes;
      words.textContent = "For safety you will be signed out in " + minutes + (minutes === 1 ? " minute" : " minutes") +
        (document.querySelector("[data-keeps]") ? ". What you type is kept." : ". What you have typed and not saved will be lost.");
    }
  }

  async function stay() {
    const answer = await fetch(box.dataset.keepAlive, {
      method: "POST",
      headers: { "X-CSRFToken": box.dataset.token, "Accept": "application/json" },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) {
      window.location.assign(box.dataset.signIn);
      return;
    }
    const said = await answer.json();
    endsAt = Date.parse(said.ends_at);
    saidMinutes = null;
    if (shownTime) shownTime.textContent = said.said || shownTime.textContent;
    look();
  }

  box.querySelector("[data-stay]").addEventListener("click", stay);
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, 10000);
  look();
})();
