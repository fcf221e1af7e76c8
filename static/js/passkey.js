// Passkeys: tells the sign-in library's script which form of the page is meant, and says in words
// when the browser, the device or the person said no.
const form = document.querySelector("form[data-passkey]");
const trouble = document.querySelector("[data-trouble]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  trouble.textContent = trouble.dataset.trouble;
});

if (form) {
  const ids = { credential: form.dataset.credential, data: "passkey-data" };
  ids.add = ids.authenticate = ids.login = form.dataset.button;
  if (form.dataset.alone) ids.passwordless = form.dataset.alone;
  window.allauth.webauthn.forms[form.dataset.passkey]({ ids });
}
