// Measures from outside what a page costs a browser, and how soon a program answers.
//   node page.mjs bytes URL [COOKIE]           {"html","all","script","requests","status"}: bytes as transferred (brotli accepted)
//   node page.mjs start URL PROGRAM ARG…       milliseconds from starting the program to a complete first page
import http from "node:http";
import { spawn } from "node:child_process";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const get = (url, cookie) =>
  new Promise((resolve, reject) => {
    const headers = { accept: "text/html,*/*;q=0.8", "accept-encoding": "br, gzip", "sec-fetch-site": "same-origin" };
    if (cookie) headers.cookie = cookie;
    http
      .get(url, { headers }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const sent = Buffer.concat(parts);
          const how = response.headers["content-encoding"];
          const text = (how === "br" ? brotliDecompressSync(sent) : how === "gzip" ? gunzipSync(sent) : sent).toString("utf8");
          resolve({ status: response.statusCode, type: response.headers["content-type"] ?? "", bytes: sent.length, text });
        });
      })
      .on("error", reject);
  });

// What a page, style sheet or script loads by itself: no links to other pages.
const references = ({ type, text }) => {
  const found = [];
  const all = (pattern) => found.push(...[...text.matchAll(pattern)].map((match) => match[1]));
  if (type.includes("html")) {
    for (const [tag] of text.matchAll(/<link\b[^>]*>/g)) {
      const href = tag.match(/\bhref="([^"]+)"/)?.[1];
      if (href && /\brel="[^"]*\b(stylesheet|icon|preload|modulepreload|manifest)\b/.test(tag)) found.push(href);
    }
    all(/<(?:script|img|source|iframe|audio|video|input)\b[^>]*?\ssrc="([^"]+)"/g);
    all(/<use\b[^>]*?\shref="([^"#]+)/g);
    all(/\bimport\(\s*["']([^"']+)["']/g);
    all(/\bimport\s[^;]*?\bfrom\s*["']([^"']+)["']/g);
    all(/["'](\/[^"']+\.wasm)["']/g);
  } else if (type.includes("css")) {
    all(/url\(\s*["']?([^"')]+)/g);
  }
  return found.filter((address) => !/^(data|blob|about):/.test(address)).map((address) => address.replaceAll("&amp;", "&"));
};

async function bytes(url, cookie) {
  const page = await get(url, cookie);
  const origin = new URL(url).origin;
  const seen = new Map();
  const waiting = references(page).map((address) => new URL(address, url).href);
  while (waiting.length > 0) {
    const address = waiting.shift().split("#")[0];
    if (seen.has(address) || new URL(address).origin !== origin) continue;
    const asset = await get(address, cookie);
    if (asset.status !== 200) continue;
    seen.set(address, asset);
    waiting.push(...references(asset).map((next) => new URL(next, address).href));
  }
  const assets = [...seen.values()];
  const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);
  const script = assets.filter(({ type }) => /javascript|wasm/.test(type));
  console.log(JSON.stringify({ html: page.bytes, all: page.bytes + sum(assets), script: sum(script), requests: 1 + assets.length, status: page.status }));
}

async function start(url, program, args) {
  const began = performance.now();
  const child = spawn(program, args, { stdio: "ignore" });
  let gone = false;
  child.on("exit", () => (gone = true));
  child.on("error", () => (gone = true));
  try {
    while (!gone && performance.now() - began < 60_000) {
      const page = await get(url).catch(() => undefined);
      if (page?.status === 200) {
        console.log((performance.now() - began).toFixed(0));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error(gone ? "the program ended before its first page" : "no page within a minute");
  } finally {
    child.kill("SIGTERM");
    if (!gone) await new Promise((resolve) => child.on("exit", resolve));
  }
}

const [what, url, ...rest] = process.argv.slice(2);
if (what === "bytes") await bytes(url, rest[0]);
else if (what === "start") await start(url, rest[0], rest.slice(1));
else throw new Error("usage: node page.mjs bytes URL [COOKIE] | start URL PROGRAM ARG…");
