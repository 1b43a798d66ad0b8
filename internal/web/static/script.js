// What the pages do better with a script: every one of these also works without.
(function () {
  "use strict";
  var box = document.getElementById("q");
  document.addEventListener("keydown", function (e) {
    var at = document.activeElement;
    var typing = at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && box) {
      e.preventDefault();
      box.focus();
      box.select();
    }
    if (e.key === "Escape") {
      var close = document.querySelector(".card:target .close");
      if (close) { close.click(); }
      if (at === box) { box.blur(); }
    }
  });
  // The look is changed at once, and remembered as the form does.
  document.querySelectorAll("form.look button").forEach(function (b) {
    b.addEventListener("click", function (e) {
      e.preventDefault();
      document.documentElement.dataset.theme = b.value;
      document.cookie = "theme=" + b.value + ";path=/;max-age=31536000;samesite=lax";
      b.form.querySelectorAll("button").forEach(function (o) { o.setAttribute("aria-pressed", String(o === b)); });
    });
  });
  // A card that opens takes the focus, so that its close link is the next key away.
  window.addEventListener("hashchange", function () {
    var card = document.querySelector(".card:target");
    if (card) { card.focus({ preventScroll: true }); }
  });
})();
