// Lets the browser's passkeys answer a form: what they say is put into it, and it is sent.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (form) => {
    const question = JSON.parse(form.dataset.question);
    question.challenge = bytes(question.challenge);
    if (question.user) question.user.id = bytes(question.user.id);
    if (question.excludeCredentials) question.excludeCredentials = known(question.excludeCredentials);
    if (question.allowCredentials) question.allowCredentials = known(question.allowCredentials);
    return { publicKey: question };
  };

  const told = ({ id, rawId, type, response }) => {
    const parts = { clientDataJSON: text(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) parts[name] = text(response[name]);
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: parts });
  };

  const prepare = (form) => {
    const failed = form.querySelector("[data-passkey-failed]");
    form.querySelector("[data-passkey-without]").hidden = true;
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const answer = form.dataset.passkey === "create"
          ? await navigator.credentials.create(asked(form))
          : await navigator.credentials.get(asked(form));
        form.elements.answer.value = told(answer);
        form.submit();
      } catch {
        failed.hidden = false; // pressed away, took too long, or no such passkey here
      }
    });
  };

  if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
})();
