// On a wide window menu and filters stand open. Where the stylesheet alone cannot do that, this does; without it they unfold by a click.
(function () {
  "use strict";
  if (window.CSS.supports("selector(::details-content)") || !window.matchMedia("(min-width: 40.01rem)").matches) return;
  document.querySelectorAll(".gt-menu, .gt-filters__fold").forEach(function (one) { one.open = true; });
})();
