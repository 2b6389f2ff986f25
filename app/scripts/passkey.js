// Asks the browser for a passkey and sends the form it belongs to. Pages without it offer passwords and codes instead.
const form = document.querySelector("form[data-passkey]");
const failure = document.querySelector("[data-passkey-failed]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

async function made(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials: named(options.excludeCredentials) };
  const credential = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = credential.response;
  return answer(credential, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) });
}

async function used(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
  const credential = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  const response = { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature) };
  return answer(credential, userHandle ? { ...response, userHandle: text(userHandle) } : response);
}

const answer = (credential, response) =>
  JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {}, response });

async function send(event) {
  // The language switch sends the form as it is.
  if (event.submitter?.name === "switch_language") return;
  event.preventDefault();
  failure.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    form.elements.credential.value = await (form.dataset.passkey === "new" ? made(options) : used(options));
    form.submit();
  } catch {
    failure.hidden = false;
  }
}

if (form && "credentials" in navigator && window.PublicKeyCredential) {
  form.addEventListener("submit", send);
  for (const part of document.querySelectorAll("[data-passkey-ready]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-missing]")) part.hidden = true;
}
