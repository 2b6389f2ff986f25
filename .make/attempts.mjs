// Takes quizzes as many learners at once: node attempts.mjs BASE COURSE PASSWORD SECONDS
// Prints {"saves","attempts","answers","refused"}: saves and whole attempts a second, answers of one attempt, requests not taken.
// Every save is one request; the server answers it when it is on disk.
import http from "node:http";
import { randomUUID } from "node:crypto";

const [base, course, password, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText);
const origin = new URL(base);
const learners = 32;
const agent = new http.Agent({ keepAlive: true, maxSockets: learners });
let refused = 0;

const send = (method, path, { cookie = "", type = "application/x-www-form-urlencoded", body = "" } = {}) =>
  new Promise((resolve, reject) => {
    const headers = { origin: base, cookie, "content-type": type, "content-length": Buffer.byteLength(body) };
    const request = http.request({ agent, method, path, host: origin.hostname, port: origin.port, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        if (response.statusCode >= 400) refused += 1;
        resolve({ headers: response.headers, text: Buffer.concat(parts).toString("utf8") });
      });
    });
    request.on("error", reject);
    request.end(body);
  });

async function signIn(number) {
  const body = new URLSearchParams({ login: `learner-1-${number}`, password }).toString();
  const answer = await send("POST", "/sign-in", { body });
  return (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");
}

const start = async (cookie) => (await send("POST", `${course}/quizzes/module-1/attempts`, { cookie })).headers.location;

/** The person as the page's island knows them, and the questions of an attempt with the options of each. */
async function questions(cookie, attempt) {
  const { text } = await send("GET", attempt, { cookie });
  const id = text.match(/person&quot;:&quot;([0-9a-f-]+)/)?.[1] ?? text.match(/"person":"([0-9a-f-]+)/)?.[1];
  const found = new Map();
  for (const [tag] of text.matchAll(/<input\b[^>]*type="(?:radio|checkbox)"[^>]*>/g)) {
    const name = tag.match(/name="([^"]+)"/)[1];
    found.set(name, [...(found.get(name) ?? []), tag.match(/value="([^"]+)"/)[1]]);
  }
  return { id, asked: [...found] };
}

const device = randomUUID();
let sequence = 0;
async function save({ cookie, id }, attempt, [name, options]) {
  sequence += 1;
  const response = JSON.stringify([options[sequence % options.length]]);
  const answer = { attempt: attempt.split("/").pop(), id: randomUUID(), question: name.replace("a.", ""), device, sequence, age_ms: 0, response };
  const body = JSON.stringify({ person: id, sent: [answer] });
  const { text } = await send("POST", "/api/island/quizzes/save", { cookie, type: "application/json", body });
  if (!text.includes('"is_refused":false')) refused += 1;
}

/** Runs `work` for every learner over and over; how often it was done in a second. */
async function rate(people, work) {
  let done = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    people.map(async (person) => {
      while (performance.now() < end) {
        await work(person);
        done += 1;
      }
    }),
  );
  return Math.round(done / ((performance.now() - began) / 1000));
}

const people = [];
for (let number = 0; number < learners; number += 1) {
  const cookie = await signIn(number);
  // Made-up learners take any course: whoever is not in this one yet enrols.
  await send("POST", `${course}/enrolment`, { cookie });
  const attempt = await start(cookie);
  if (attempt) people.push({ cookie, attempt, ...(await questions(cookie, attempt)) });
}
const saves = await rate(people, (person) => save(person, person.attempt, person.asked[sequence % person.asked.length]));
const attempts = await rate(people, async ({ cookie, id, asked }) => {
  const attempt = await start(cookie);
  for (const question of asked) await save({ cookie, id }, attempt, question);
  await send("POST", attempt, { cookie, body: "do=submit-anyway" });
});
agent.destroy();
console.log(JSON.stringify({ saves, attempts, answers: people[0]?.asked.length ?? 0, refused }));
