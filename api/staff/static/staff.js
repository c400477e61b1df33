// What NHS.UK's own script does for forms and the header. Everything works without it.
const nhsuk = document.querySelector('link[rel="modulepreload"]');
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
if (nhsuk) {
  const { initAll } = await import(nhsuk.href);
  initAll();
}

// A text to be carried elsewhere: the button marks it, copies it and says so.
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = document.getElementById(button.dataset.says);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It is marked. Press Ctrl and C to copy it.";
    }
  });
}

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
